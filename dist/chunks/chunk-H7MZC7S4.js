import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a as r}from"./chunk-TSCNFJJM.js";function u(n,o,e){if(t(n))return new r("not-found","no such file or folder",{file:e});let{code:i="unknown error"}=n;return new r("io",`${o} (${i})`,{file:e})}function t(n){let{code:o}=n;return o==="ENOENT"||o==="ENOTDIR"}export{u as a,t as b};
