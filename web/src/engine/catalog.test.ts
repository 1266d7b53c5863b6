import { describe, expect, it } from "vitest";
import { covers, excerpt, loadCatalog } from "./catalog";
import type { Finding, Verdict } from "./model";

const finding = (rule: string): Finding => ({
  key: rule, rule, severity: "error", on: "response", from: 0, to: 0, line: 1, args: {}, fixes: [],
});
const verdict = (rules: readonly string[], statuses: readonly number[] = []): Verdict =>
  ({ findings: rules.map(finding), tokens: { request: [], response: [] }, request: null, statuses: statuses.map((code) => ({ code, reason: "" })), checks: 0, ms: 0 });

describe("the words of one verdict", async () => {
  const whole = await loadCatalog("en");
  const part = excerpt(whole, verdict(["content-in-204"], [204]));

  it("are those of its rules and its statuses", () => {
    expect(Object.keys(part.rules)).toEqual(["content-in-204"]);
    expect(part.rules["content-in-204"]).toEqual(whole.rules["content-in-204"]);
    expect(Object.keys(part.status)).toEqual(["204"]);
  });

  it("cover that verdict and no other", () => {
    expect(covers(part, verdict(["content-in-204"]))).toBe(true);
    expect(covers(part, verdict([]))).toBe(true);
    expect(covers(part, verdict(["content-in-204", "content-length-in-204"]))).toBe(false);
  });
});
