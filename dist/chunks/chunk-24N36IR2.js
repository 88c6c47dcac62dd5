import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a as i}from"./chunk-TSCNFJJM.js";var l=20;function m(e,t){let n=t.toSorted((r,o)=>r.line-o.line),a=n[0],s={file:e,line:a.line};if(n.length===1)return new i("policy-invalid",a.message,s);let d=n.slice(0,l).map(({line:r,message:o})=>`
  line ${r}: ${o}`),c=n.length>l?`
  and ${n.length-l} more`:"";return new i("policy-invalid",`${n.length} problems${d.join("")}${c}`,s)}function f(e,t,n){return e instanceof i?new i(t,e.message,{...e.hint===void 0?{}:{hint:e.hint},...n}):e}export{m as a,f as b};
