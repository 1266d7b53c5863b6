/** Findings in the forms that others read: what the command line writes, for any host. */
export { githubReport } from "./github-report.js";
export { jsonFinding, type JsonFinding } from "./jsonl.js";
export { sarif, type SarifOptions } from "./sarif.js";
export { textReport, type Source, type TextOptions } from "./text-report.js";
export { words, type Words } from "./words.js";
