import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a as o}from"./chunk-WA2QDUZK.js";import"./chunk-55CDFFVJ.js";function i(){return{async through(r){process.stdin.isTTY||process.on("SIGINT",s);try{await o(process.stdin,r,process.stdout)}finally{process.off("SIGINT",s)}}}}function s(){}export{i as openPipe};
