import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a as w}from"./chunk-CBXC3TUI.js";import{a as v}from"./chunk-DD44XMXZ.js";import{a as E}from"./chunk-GI24HPYX.js";import{a as h,b as g,c as y,e as p}from"./chunk-RP3KLWEO.js";import{b as a}from"./chunk-2D7E2RWT.js";import"./chunk-TGJNLGZD.js";import"./chunk-Y3Z2GFA7.js";import"./chunk-5P46G5JI.js";import"./chunk-75LHGLW7.js";import"./chunk-6LI6NJJU.js";import"./chunk-EYV2I2TB.js";import{b as l}from"./chunk-SKSNYTCJ.js";import"./chunk-CTSUIXBN.js";import{a as d,c as i}from"./chunk-NHAX75JL.js";import"./chunk-E6LXJK67.js";import{a as o}from"./chunk-LMHOZQXU.js";import"./chunk-55CDFFVJ.js";import{basename as q}from"node:path";import{Buffer as I}from"node:buffer";function m(e,t){let r=i(e);for(let n of r)K(n.name,t),a(n);return r}function K(e,t){if(!d.test(e))throw new o("name-invalid",`${l(e)} is no variable name, so ${t} cannot hold it`,{hint:"print the file as json, yaml or dotenv, or rename the variable"})}var V=64*1024-1;function D(e){return m(e,"docker").map(C).join("")}function C({name:e,value:t}){if(/[\r\n]/.test(t))throw $(e,"a line break");let r=`${e}=${t}`;if(I.byteLength(r)>V)throw $(e,"more than 64 KiB");return`${r}
`}function $(e,t){return new o("not-representable",`the value of ${e} has ${t}, which a docker env file cannot hold`,{hint:"pass it with `sealward run -- docker run -e NAME ...`, or store it as base64"})}function S(e){let t=i(e).map(r=>(a(r),`  ${JSON.stringify(r.name)}: ${JSON.stringify(r.value)}`));return t.length===0?`{}
`:`{
${t.join(`,
`)}
}
`}import{Buffer as N}from"node:buffer";function b(e){let t=i(e).map(r=>(a(r),`${B(r.name)}: ${f(r.value)}
`));return t.length===0?`{}
`:t.join("")}function f(e){return JSON.stringify(e).replace(/[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g,M)}function M(e){return`\\u${e.charCodeAt(0).toString(16).padStart(4,"0")}`}function B(e){let t=f(e);return t.length<=1024?t:`? ${t}
`}var k=1024*1024,F=253,Y=253;function O(e,{secretName:t}){let r=m(e,"k8s");for(let{name:s}of r)J(s);P(r);let n=r.map(({name:s,value:L})=>`  ${f(s)}: ${f(N.from(L).toString("base64"))}
`),c=`apiVersion: v1
kind: Secret
metadata:
  name: ${f(_(t))}
type: Opaque
`;return n.length===0?`${c}data: {}
`:`${c}data:
${n.join("")}`}function _(e){let r=e.toLowerCase().split(/[^a-z0-9]+/).filter(n=>n!=="").join("-");if(r!=="")return r.slice(0,Y).replace(/-$/,"");throw new o("name-invalid","a Kubernetes name needs a letter or a digit",{hint:"give the secret a name"})}function J(e){if(!(e.length<=F))throw new o("name-invalid",`a variable name is longer than the ${F} characters of a Kubernetes key`)}function P(e){if(!(e.reduce((r,{value:n})=>r+N.byteLength(n),0)<=k))throw new o("limit",`the values together are larger than the ${k} bytes of a Kubernetes Secret`,{hint:"split the file into several secrets"})}var U={"	":"\\t","\n":"\\n","\f":"\\f","\r":"\\r","\\":"\\\\"};function x(e){return i(e).map(t=>(a(t),`${H(t.name)}=${G(t.value)}
`)).join("")}function H(e){return T(e).replace(/[ =:#!]/g,"\\$&")}function G(e){return T(e).replace(/^ | $/g,"\\u0020")}function T(e){return e.replace(/[^ -[\]-~]/g,t=>U[t]??`\\u${t.charCodeAt(0).toString(16).padStart(4,"0")}`)}function A(e){return m(e,"shell").map(({name:t,value:r})=>`export ${t}='${r.replaceAll("'","'\\''")}'
`).join("")}var R={dotenv:v,json:S,shell:A,yaml:b,docker:D,k8s:O,properties:x},u=Object.keys(R);function j(e,t,r){return R[e](t,r)}var z=384,Ie={name:"decrypt",synopsis:"[INPUT]",summary:`Decrypts INPUT (default: ${p}) to stdout.`,details:`
A file written with -o has mode 0600 and overwrites nothing without --force.
Nothing is written when any value or the MAC is wrong.`,flags:[{name:"output",short:"o",value:"FILE",help:"write a file instead of stdout"},{name:"format",value:u.join("|"),help:"the form of the output (default: dotenv)"},{name:"name",value:"NAME",help:"with --format k8s: the name of the Secret (default: from the file)"},{name:"force",help:"overwrite the file named with -o"},h,y,g],args:{min:0,max:1},async run(e){let t=e.args[0]??p,r=Q(e),n=await w({file:t,...E(e)},e.world),c=j(r,n,{secretName:e.one("name")??q(t)}),s=e.one("output");return s===void 0||s==="-"?e.world.terminal.print(c):await e.world.files.write(s,Buffer.from(c,"utf8"),{mode:z,exists:e.has("force")?"replace":"refuse"}),0}};function Q(e){let t=e.one("format")??"dotenv",r=u.find(n=>n===t);if(r===void 0)throw new o("usage",`--format is one of ${u.join(", ")}`);return r}export{Ie as decrypt};
