import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
function $(n){return n.map(i=>`${f(i)}
`).join("")}function f({file:n,line:i,rule:u,name:r,message:d,fix:t}){let e=`${`${g(n)}${i===void 0?"":`:${i}`}`}: ${r===void 0?"":`${r}: `}${d} [${u}]`;return t===void 0?e:`${e}
  fix: ${t}`}function g(n){return n.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,"?")}export{$ as a,g as b};
