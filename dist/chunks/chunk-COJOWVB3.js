import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a as t}from"./chunk-LMHOZQXU.js";function a(o){let e=o.one("quotes")??"literal";if(e!=="literal"&&e!=="dotenv")throw new t("usage","--quotes is literal or dotenv");return{quotes:e,anyName:o.has("allow-any-name")}}export{a};
