import type { LintResult } from "statuslab";
import { expect, test } from "vitest";
import { loadCatalog } from "./catalog";
import { reportAs } from "./report";

const exchange = { request: "", response: "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", scheme: "https" } as const;
const result: LintResult = {
  findings: [{ rule: "content-length-in-204", severity: "error", on: "response", index: 0, begin: 25, end: 42, args: { value: "5%" }, fixes: [] }],
  request: [], response: [], checks: 3,
};

test.each(["text", "json", "sarif", "github"] as const)("%s names the rule and its place", async (format) => {
  const text = reportAs(format, { kind: "report", result, version: "1.2.3" }, exchange, await loadCatalog("en"), "en");
  expect(text).toContain("content-length-in-204");
  if (format === "text") expect(text).toContain("response.http:2:1");
  else if (format === "github") expect(text).toMatch(/^::error file=response\.http,line=2,.*title=content-length-in-204::.*5%25/);
  else expect(JSON.parse(text)).toBeTypeOf("object");
});
