import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-PVARMAJI.js";import"./chunk-TSCNFJJM.js";import"./chunk-55CDFFVJ.js";export{a as openSignedNames};
