import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a as o}from"./chunk-BMLHF3YV.js";function a(n){return n.map(i=>`${s(i)}
`).join("")}function s({file:n,line:i,rule:g,name:r,message:p,fix:t}){let e=`${`${u(n)}${i===void 0?"":`:${i}`}`}: ${r===void 0?"":`${r}: `}${p} [${g}]`;return t===void 0?e:`${e}
  fix: ${d(t)}`}function u(n){return d(o(n)).replace(/^\s*::/,"./$&")}function d(n){return n.replaceAll("##[","#\\x23[")}export{a,u as b};
