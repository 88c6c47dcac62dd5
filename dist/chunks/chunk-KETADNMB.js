import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a as r}from"./chunk-TSCNFJJM.js";function a(o){let t=o.has("allow-any-name"),e=o.one("quotes");if(e===void 0)return{anyName:t};if(e!=="literal"&&e!=="dotenv")throw new r("usage","--quotes is literal or dotenv");return{quotes:e,anyName:t}}export{a};
