import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-YITTY3II.js";import"./chunk-WWVLFRN6.js";import"./chunk-GYVNRHEB.js";import"./chunk-6LI6NJJU.js";import"./chunk-M6HFHH4T.js";import"./chunk-E6LXJK67.js";import"./chunk-LMHOZQXU.js";import"./chunk-55CDFFVJ.js";export{a as inspectFile};
