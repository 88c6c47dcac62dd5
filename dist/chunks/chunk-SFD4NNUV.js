import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
var g=/[\0-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]/g;function f(n){return n.replace(g,t=>{let r=t.charCodeAt(0);return r<256?`\\x${r.toString(16).padStart(2,"0")}`:`\\u${r.toString(16).padStart(4,"0")}`})}function x(n){return n.map(t=>`${p(t)}
`).join("")}function p({file:n,line:t,rule:r,name:i,message:d,fix:e}){let u=`${`${a(n)}${t===void 0?"":`:${t}`}`}: ${i===void 0?"":`${i}: `}${d} [${r}]`;return e===void 0?u:`${u}
  fix: ${o(e)}`}function a(n){return o(f(n)).replace(/^\s*::/,"./$&")}function o(n){return n.replaceAll("##[","#\\x23[")}export{f as a,x as b,a as c};
