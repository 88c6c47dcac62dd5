import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{d as a,e as b,f as c,g as d,h as e}from"./chunk-UYXRZBJX.js";import"./chunk-UU367O3S.js";import"./chunk-JMRCUBLV.js";import"./chunk-LMHOZQXU.js";import"./chunk-55CDFFVJ.js";export{a as MAGIC,b as RESERVED,d as isSignature,c as parseSshsig,e as printSshsig};
