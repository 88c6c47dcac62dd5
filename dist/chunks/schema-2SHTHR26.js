import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{b as a,c as b}from"./chunk-VRRB5JFT.js";import"./chunk-2UQGU3NF.js";import"./chunk-HTLVJY2H.js";import"./chunk-24N36IR2.js";import"./chunk-CTSUIXBN.js";import"./chunk-NHAX75JL.js";import"./chunk-TSCNFJJM.js";import"./chunk-55CDFFVJ.js";export{a as parseSchemaFile,b as schemaOf};
