import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b,c}from"./chunk-FATST6H2.js";import"./chunk-ZDZWCQBN.js";import"./chunk-I3PCQFUQ.js";import"./chunk-55CDFFVJ.js";export{c as isAllowed,b as recipientsFor,a as ruleFor};
