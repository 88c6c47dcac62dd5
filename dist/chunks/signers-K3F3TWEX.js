import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b}from"./chunk-CU5NNK5U.js";import"./chunk-Q2MOLBNB.js";import"./chunk-CCEW2EVA.js";import"./chunk-6K7Y6W7H.js";import"./chunk-JMRCUBLV.js";import"./chunk-TSCNFJJM.js";import"./chunk-55CDFFVJ.js";export{a as allowSigner,b as signersOf};
