import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
var t=/^[A-Za-z_][A-Za-z0-9_]*$/,r={fileBytes:8388608,names:2e4,valueBytes:131072,valueWarnBytes:32768};function o(e){return e.filter(n=>n.kind==="entry")}export{t as a,r as b,o as c};
