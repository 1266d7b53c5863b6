/** `statuslab/trace`: what can be made of a trace. Pure functions, without an engine. */
export { curlCommand, curlCommands, quoted } from "./trace-curl.js";
export { traceHar } from "./trace-har.js";
export { traceMarkdown, type TraceMarkdownOptions } from "./trace-markdown.js";
export { clientPairs, decisionsBehind, isMessage, isRequest, isResponse, isStored, lanes, maker, memory, messageParts, pairs, startLine, type MessageParts, type TracePair } from "./trace-parts.js";
export { traceSvg, type TraceSvgOptions } from "./trace-svg.js";
export { outcomeText, traceText, type TraceTextOptions } from "./trace-text.js";
export { duration, traceWords, type TraceWords } from "./trace-words.js";
export { whatIf, type ScenarioEdit, type WhatIf, type WhatIfOptions } from "./what-if.js";
