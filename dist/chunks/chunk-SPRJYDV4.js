import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a as l}from"./chunk-LL5DE7OB.js";import{b as a}from"./chunk-BNVMA7HQ.js";import{b as f}from"./chunk-P2GFCZVC.js";import{a as p,c as i}from"./chunk-NHAX75JL.js";import{a as o}from"./chunk-TSCNFJJM.js";import{Buffer as x}from"node:buffer";function s(e,r){let t=i(e);for(let n of t)O(n.name,r),a(n);return t}function O(e,r){if(!p.test(e))throw new o("name-invalid",`${f(e)} is no variable name, so ${r} cannot hold it`,{hint:"print the file as json, yaml or dotenv, or rename the variable"})}var N=64*1024-1;function g(e){return s(e,"docker").map(R).join("")}function R({name:e,value:r}){if(/[\r\n]/.test(r))throw d(e,"a line break");let t=`${e}=${r}`;if(x.byteLength(t)>N)throw d(e,"more than 64 KiB");return`${t}
`}function d(e,r){return new o("not-representable",`the value of ${e} has ${r}, which a docker env file cannot hold`,{hint:"pass it with `sealward run -- docker run -e NAME ...`, or store it as base64"})}function h(e){let r=i(e).map(t=>(a(t),`  ${JSON.stringify(t.name)}: ${JSON.stringify(t.value)}`));return r.length===0?`{}
`:`{
${r.join(`,
`)}
}
`}import{Buffer as D}from"node:buffer";function y(e){let r=i(e).map(t=>(a(t),`${A(t.name)}: ${m(t.value)}
`));return r.length===0?`{}
`:r.join("")}function m(e){return JSON.stringify(e).replace(/[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g,j)}function j(e){return`\\u${e.charCodeAt(0).toString(16).padStart(4,"0")}`}function A(e){let r=m(e);return r.length<=1024?r:`? ${r}
`}var v=1024*1024,$=253,T=253;function b(e,{secretName:r}){let t=s(e,"k8s");for(let{name:c}of t)L(c);V(t);let n=t.map(({name:c,value:F})=>`  ${m(c)}: ${m(D.from(F).toString("base64"))}
`),u=`apiVersion: v1
kind: Secret
metadata:
  name: ${m(K(r))}
type: Opaque
`;return n.length===0?`${u}data: {}
`:`${u}data:
${n.join("")}`}function K(e){let t=e.toLowerCase().split(/[^a-z0-9]+/).filter(n=>n!=="").join("-");if(t!=="")return t.slice(0,T).replace(/-$/,"");throw new o("name-invalid","a Kubernetes name needs a letter or a digit",{hint:"give the secret a name"})}function L(e){if(!(e.length<=$))throw new o("name-invalid",`a variable name is longer than the ${$} characters of a Kubernetes key`)}function V(e){if(!(e.reduce((t,{value:n})=>t+D.byteLength(n),0)<=v))throw new o("limit",`the values together are larger than the ${v} bytes of a Kubernetes Secret`,{hint:"split the file into several secrets"})}var B={"	":"\\t","\n":"\\n","\f":"\\f","\r":"\\r","\\":"\\\\"};function E(e){return i(e).map(r=>(a(r),`${J(r.name)}=${Y(r.value)}
`)).join("")}function J(e){return S(e).replace(/[ =:#!]/g,"\\$&")}function Y(e){return S(e).replace(/^ | $/g,"\\u0020")}function S(e){return e.replace(/[^ -[\]-~]/g,r=>B[r]??`\\u${r.charCodeAt(0).toString(16).padStart(4,"0")}`)}function k(e){return s(e,"shell").map(({name:r,value:t})=>`export ${r}='${t.replaceAll("'","'\\''")}'
`).join("")}var w={dotenv:l,json:h,shell:k,yaml:y,docker:g,k8s:b,properties:E},ve=Object.keys(w);function $e(e,r,t){return w[e](r,t)}export{ve as a,$e as b};
