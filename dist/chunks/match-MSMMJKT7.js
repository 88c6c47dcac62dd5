import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b,c}from"./chunk-FV35APT2.js";import"./chunk-Q2MOLBNB.js";import"./chunk-55CDFFVJ.js";export{c as isAllowed,b as recipientsFor,a as ruleFor};
