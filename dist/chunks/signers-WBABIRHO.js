import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b}from"./chunk-ZYQTOQEE.js";import"./chunk-E5ZNA47S.js";import"./chunk-UU367O3S.js";import"./chunk-Q2MOLBNB.js";import"./chunk-JMRCUBLV.js";import"./chunk-LMHOZQXU.js";import"./chunk-55CDFFVJ.js";export{a as allowSigner,b as signersOf};
