import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-T6SEZM7O.js";import"./chunk-LMHOZQXU.js";import"./chunk-55CDFFVJ.js";export{a as openSignedNames};
