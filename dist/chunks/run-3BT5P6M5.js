import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a as i}from"./chunk-COJOWVB3.js";import{a as t}from"./chunk-EJSESBPM.js";import"./chunk-WWVLFRN6.js";import{a as r,c as o,d as a,e as s}from"./chunk-INPFLPU5.js";import"./chunk-I2WPL27G.js";import"./chunk-AUPUMCDQ.js";import"./chunk-6PLAGTWQ.js";import"./chunk-KMTYZQ6L.js";import"./chunk-LMHOZQXU.js";import"./chunk-55CDFFVJ.js";async function m(e,n){let l=await t({...e,target:"process"},n);return n.children.run(e.command,Object.fromEntries(l))}var u=125,N={name:"run",synopsis:"[--] COMMAND [ARG...]",summary:"Runs COMMAND with the decrypted values in its environment, without a shell.",details:`
With several -f, later files win, and the files win over the environment. When a
file does not open, COMMAND is not started.

exit status: COMMAND's own, 128+n when signal n ended it, 125 cannot decrypt, 126
not executable, 127 not found`,flags:[{...a,repeat:!0},{name:"allow-name",value:"NAME",repeat:!0,help:"let through a name that can take over a process, such as NODE_OPTIONS"},r,o],args:{min:1,max:Number.POSITIVE_INFINITY},passesOn:!0,failure:u,async run(e){let n=e.all("file");return m({files:n.length===0?[s]:n,allowNames:e.all("allow-name"),command:e.args,quotes:i(e).quotes},e.world)}};export{N as run};
