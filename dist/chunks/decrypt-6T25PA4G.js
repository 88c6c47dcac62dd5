import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a as w}from"./chunk-KTHCAIQQ.js";import{a as v}from"./chunk-WTJRWMO4.js";import{a as E}from"./chunk-GI24HPYX.js";import{a as h,b as g,c as y,e as p}from"./chunk-RP3KLWEO.js";import{b as m}from"./chunk-G4BW6Y6I.js";import"./chunk-QLFVF7ZE.js";import"./chunk-GYVNRHEB.js";import"./chunk-5P46G5JI.js";import"./chunk-75LHGLW7.js";import"./chunk-6LI6NJJU.js";import"./chunk-EYV2I2TB.js";import{a as d,c as a,e as l}from"./chunk-M6HFHH4T.js";import"./chunk-CTSUIXBN.js";import"./chunk-E6LXJK67.js";import{a as o}from"./chunk-LMHOZQXU.js";import"./chunk-55CDFFVJ.js";import{basename as J}from"node:path";import{Buffer as L}from"node:buffer";function s(e,t){let r=a(e);for(let n of r)j(n.name,t),m(n);return r}function j(e,t){if(!d.test(e))throw new o("name-invalid",`${l(e)} is no variable name, so ${t} cannot hold it`,{hint:"print the file as json, yaml or dotenv, or rename the variable"})}var I=64*1024-1;function $(e){return s(e,"docker").map(K).join("")}function K({name:e,value:t}){if(/[\r\n]/.test(t))throw D(e,"a line break");let r=`${e}=${t}`;if(L.byteLength(r)>I)throw D(e,"more than 64 KiB");return`${r}
`}function D(e,t){return new o("not-representable",`the value of ${e} has ${t}, which a docker env file cannot hold`,{hint:"pass it with `sealward run -- docker run -e NAME ...`, or store it as base64"})}function b(e){let t=a(e).map(r=>(m(r),`  ${JSON.stringify(r.name)}: ${JSON.stringify(r.value)}`));return t.length===0?`{}
`:`{
${t.join(`,
`)}
}
`}import{Buffer as N}from"node:buffer";function F(e){let t=a(e).map(r=>(m(r),`${B(r.name)}: ${f(r.value)}
`));return t.length===0?`{}
`:t.join("")}function f(e){return JSON.stringify(e).replace(/[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g,M)}function M(e){return`\\u${e.charCodeAt(0).toString(16).padStart(4,"0")}`}function B(e){let t=f(e);return t.length<=1024?t:`? ${t}
`}var S=1024*1024,k=253,C=253;function O(e,{secretName:t}){let r=s(e,"k8s");for(let{name:i}of r)Y(i);_(r);let n=r.map(({name:i,value:R})=>`  ${f(i)}: ${f(N.from(R).toString("base64"))}
`),c=`apiVersion: v1
kind: Secret
metadata:
  name: ${f(V(t))}
type: Opaque
`;return n.length===0?`${c}data: {}
`:`${c}data:
${n.join("")}`}function V(e){let r=e.toLowerCase().split(/[^a-z0-9]+/).filter(n=>n!=="").join("-");if(r!=="")return r.slice(0,C).replace(/-$/,"");throw new o("name-invalid","a Kubernetes name needs a letter or a digit",{hint:"give the secret a name"})}function Y(e){if(!(e.length<=k))throw new o("name-invalid",`a variable name is longer than the ${k} characters of a Kubernetes key`)}function _(e){if(!(e.reduce((r,{value:n})=>r+N.byteLength(n),0)<=S))throw new o("limit",`the values together are larger than the ${S} bytes of a Kubernetes Secret`,{hint:"split the file into several secrets"})}function x(e){return s(e,"shell").map(({name:t,value:r})=>`export ${t}='${r.replaceAll("'","'\\''")}'
`).join("")}var T={dotenv:v,json:b,shell:x,yaml:F,docker:$,k8s:O},u=Object.keys(T);function A(e,t,r){return T[e](t,r)}var U=384,Ne={name:"decrypt",synopsis:"[INPUT]",summary:`Decrypts INPUT (default: ${p}) to stdout.`,details:`
A file written with -o has mode 0600 and overwrites nothing without --force.
Nothing is written when any value or the MAC is wrong.`,flags:[{name:"output",short:"o",value:"FILE",help:"write a file instead of stdout"},{name:"format",value:u.join("|"),help:"the form of the output (default: dotenv)"},{name:"name",value:"NAME",help:"with --format k8s: the name of the Secret (default: from the file)"},{name:"force",help:"overwrite the file named with -o"},h,y,g],args:{min:0,max:1},async run(e){let t=e.args[0]??p,r=P(e),n=await w({file:t,...E(e)},e.world),c=A(r,n,{secretName:e.one("name")??J(t)}),i=e.one("output");return i===void 0||i==="-"?e.world.terminal.print(c):await e.world.files.write(i,Buffer.from(c,"utf8"),{mode:U,exists:e.has("force")?"replace":"refuse"}),0}};function P(e){let t=e.one("format")??"dotenv",r=u.find(n=>n===t);if(r===void 0)throw new o("usage",`--format is one of ${u.join(", ")}`);return r}export{Ne as decrypt};
