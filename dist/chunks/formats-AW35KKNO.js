import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b}from"./chunk-SPRJYDV4.js";import"./chunk-LL5DE7OB.js";import"./chunk-BNVMA7HQ.js";import"./chunk-P2GFCZVC.js";import"./chunk-NHAX75JL.js";import"./chunk-TSCNFJJM.js";import"./chunk-55CDFFVJ.js";export{a as FORMATS,b as render};
