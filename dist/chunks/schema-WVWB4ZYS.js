import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{b as a,c as b}from"./chunk-F4SNCUHV.js";import"./chunk-HTLVJY2H.js";import"./chunk-77V32MIB.js";import"./chunk-3W35X3LP.js";import"./chunk-CTSUIXBN.js";import"./chunk-NHAX75JL.js";import"./chunk-LMHOZQXU.js";import"./chunk-55CDFFVJ.js";export{a as parseSchemaFile,b as schemaOf};
