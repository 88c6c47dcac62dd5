import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-MY32ZIAP.js";import"./chunk-S35HVBXG.js";import"./chunk-S5NUGUIC.js";import"./chunk-TSCNFJJM.js";import"./chunk-55CDFFVJ.js";export{a as openStaged};
