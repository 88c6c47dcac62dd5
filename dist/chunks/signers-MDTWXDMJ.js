import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b}from"./chunk-A7QRETI4.js";import"./chunk-BEZIPZWK.js";import"./chunk-6K7Y6W7H.js";import"./chunk-Q2MOLBNB.js";import"./chunk-JMRCUBLV.js";import"./chunk-TSCNFJJM.js";import"./chunk-55CDFFVJ.js";export{a as allowSigner,b as signersOf};
