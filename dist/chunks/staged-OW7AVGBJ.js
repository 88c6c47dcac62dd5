import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-3AX7Y7MZ.js";import"./chunk-P2AC7U75.js";import"./chunk-LMHOZQXU.js";import"./chunk-55CDFFVJ.js";export{a as openStaged};
