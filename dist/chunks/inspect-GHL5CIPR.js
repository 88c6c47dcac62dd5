import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-HI4Z73V2.js";import"./chunk-NKLSKT3X.js";import"./chunk-Y3Z2GFA7.js";import"./chunk-6LI6NJJU.js";import"./chunk-SKSNYTCJ.js";import"./chunk-NHAX75JL.js";import"./chunk-E6LXJK67.js";import"./chunk-LMHOZQXU.js";import"./chunk-55CDFFVJ.js";export{a as inspectFile};
