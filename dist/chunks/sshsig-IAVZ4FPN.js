import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{d as a,e as b,f as c,g as d,h as e}from"./chunk-4IOHSLUZ.js";import"./chunk-6K7Y6W7H.js";import"./chunk-JMRCUBLV.js";import"./chunk-TSCNFJJM.js";import"./chunk-55CDFFVJ.js";export{a as MAGIC,b as RESERVED,d as isSignature,c as parseSshsig,e as printSshsig};
