import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
function d(r,n){let[t,o]=[s(r),s(n)],a=[...o.keys()];return{added:a.filter(e=>!t.has(e)),changed:a.filter(e=>t.has(e)&&t.get(e)!==o.get(e)),removed:[...t.keys()].filter(e=>!o.has(e))}}function s(r){return new Map(r.flatMap(n=>n.kind==="entry"?[[n.name,n.value]]:[]))}export{d as a,s as b};
