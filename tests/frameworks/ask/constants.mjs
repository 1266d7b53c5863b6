// CODE <tab> NAME <tab> y where it is deprecated
import { STATUS_CODES } from "node:http";

for (const [code, phrase] of Object.entries(STATUS_CODES)) console.log(`${code}\t${phrase}\tn`);
