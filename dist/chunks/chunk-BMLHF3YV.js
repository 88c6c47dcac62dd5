import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
var r=/[\0-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]/g;function n(f){return f.replace(r,u=>{let t=u.charCodeAt(0);return t<256?`\\x${t.toString(16).padStart(2,"0")}`:`\\u${t.toString(16).padStart(4,"0")}`})}export{n as a};
