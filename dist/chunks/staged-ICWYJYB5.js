import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-5LBKDJTX.js";import"./chunk-LMHOZQXU.js";import"./chunk-55CDFFVJ.js";export{a as openStaged};
