// @ts-check
// The types that cross the boundary, for run time. The compiler holds this file to the TypeScript types: a key or a value
// of an enumeration too many or too few does not compile. schema.test.mjs holds the engine's answers to this file.

/** @import * as api from "../../wasm/dist/index.js" */

/**
 * What a key holds: a JSON type, two offsets, one of an enumeration, a list of something, a map to something, a shape.
 * @typedef {"string" | "number" | "boolean" | "span" | { oneOf: object } | { list: Held } | { map: Held } | (() => object)} Held
 */
/** @template T @typedef {Record<keyof T, Held>} Shape */
/** @template {string} T @typedef {{ oneOf: Record<T, 1> }} OneOf */

/** @type {OneOf<api.Severity>} */
const severity = { oneOf: { error: 1, warning: 1, info: 1, hint: 1, fine: 1 } };
/** @type {OneOf<api.Side>} */
const side = { oneOf: { request: 1, response: 1 } };
/** @type {OneOf<api.MessageBase["format"]>} */
const format = { oneOf: { http1: 1, curl: 1 } };
/** @type {OneOf<api.Framing>} */
const framing = { oneOf: { none: 1, "content-length": 1, chunked: 1, close: 1, tunnel: 1, unknown: 1, shown: 1 } };
/** @type {OneOf<api.StatusKind>} */
const statusKind = { oneOf: { registered: 1, reserved: 1, temporary: 1, draft: 1, unofficial: 1, invalid: 1 } };
/** @type {OneOf<api.ContentRule>} */
const content = { oneOf: { forbidden: 1, empty: 1, allowed: 1, expected: 1, none: 1 } };

/** @type {Shape<api.Edit>} */
const edit = { begin: "number", end: "number", text: "string" };

/** @type {Shape<api.Fix>} */
const fix = { label: "number", safe: "boolean", edits: { list: () => edit } };

/** @type {Shape<api.Finding>} */
const finding = {
  rule: "string",
  severity,
  on: side,
  index: "number",
  begin: "number",
  end: "number",
  args: { map: "string" },
  fixes: { list: () => fix },
};

/** @type {Shape<api.FieldLine>} */
const fieldLine = { name: "span", value: "span" };

/** @type {Shape<api.MessageBase>} */
const messageBase = {
  format,
  begin: "number",
  end: "number",
  version: "string",
  fields: { list: () => fieldLine },
  trailers: { list: () => fieldLine },
  content: "span",
  excess: "span",
  framing,
};

/** @type {Shape<api.RequestMessage>} */
const request = { ...messageBase, kind: { oneOf: { request: 1 } }, method: "string", methodSpan: "span", target: "string", targetSpan: "span" };

/** @type {Shape<api.ResponseMessage>} */
const response = { ...messageBase, kind: { oneOf: { response: 1 } }, status: "number", statusSpan: "span", reason: "string", reasonSpan: "span" };

/** @param {{ kind: string }} [value] */
export const message = (value) => (value?.kind === "request" ? request : response);

/** @type {Shape<api.LintResult>} */
export const lintResult = {
  findings: { list: () => finding },
  request: { list: message },
  response: { list: message },
  checks: "number",
};

/** @type {Shape<api.AppliedFix>} */
const appliedFix = { rule: "string", on: side, label: "number", args: { map: "string" } };

/** @type {Shape<api.FixRound>} */
export const fixRound = { request: { list: () => edit }, response: { list: () => edit }, applied: { list: () => appliedFix } };

/** @type {Shape<api.StatusRow>} */
const statusRow = {
  key: "string",
  code: "number",
  phrase: "string",
  kind: statusKind,
  vendor: "string",
  reference: "string",
  content,
  heuristicallyCacheable: "boolean",
  logOnly: "boolean",
  required: { list: "string" },
  customary: { list: "string" },
};

/** @type {Shape<api.StatusFacts>} */
export const statusFacts = { code: "number", treatedAs: "number", rows: { list: () => statusRow } };

/** @type {Shape<api.RuleFacts>} */
export const ruleFacts = { id: "string", family: "string", severity };

/** @type {Shape<api.CatalogRule>} */
const catalogRule = {
  family: "string",
  severity,
  message: "string",
  summary: "string",
  quote: "string",
  cite: "string",
  citeUrl: "string",
  fixes: { list: "string" },
};

/** @type {Shape<api.CatalogStatus>} */
const catalogStatus = { title: "string", summary: "string" };

/** @type {Shape<api.Catalog>} */
export const catalog = {
  language: "string",
  rules: { map: () => catalogRule },
  severities: { map: "string" },
  status: { map: () => catalogStatus },
};
