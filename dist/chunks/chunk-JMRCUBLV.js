import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{Buffer as a}from"node:buffer";function t(e,r){let d=a.from(e,"base64"),n=d.toString("base64");return e===(r==="padded"?n:n.replace(/={1,2}$/,""))?d:null}export{t as a};
