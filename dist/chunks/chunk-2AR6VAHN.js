import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a as t,c as r}from"./chunk-KAABZVAY.js";async function p(o,{configs:n,teller:s}){let c=await t(o,n),{redactionOf:i}=await import("./redaction-SMGGE727.js"),e=i({secrets:c});return r(e,s),e}export{p as a};
