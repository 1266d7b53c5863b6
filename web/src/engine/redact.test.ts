import { expect, test } from "vitest";
import type { Catalog } from "./catalog";
import type { Finding } from "./model";
import { redaction, secretsOf } from "./redact";

const rule = (family: string) => ({ family }) as Catalog["rules"][string];
const catalog = { rules: { token: rule("secrets"), date: rule("field-syntax") } } as unknown as Catalog;
const finding = (name: string, on: "request" | "response", from: number, to: number, insert: string | null): Finding =>
  ({ key: `${name}${from}`, rule: name, severity: "warning", on, from, to, line: 1, args: {}, fixes: insert === null ? [] : [{ label: 0, safe: false, changes: [{ from, to, insert }] }] });
const nothing = { findings: [], tokens: { request: [], response: [] }, request: null, statuses: [], checks: 0, ms: 0 };

test("only secrets go, from both sides, in one step", () => {
  const exchange = { request: "A: secret", response: "B: hidden; C: hidden", scheme: "https" } as const;
  const findings = [finding("token", "request", 3, 9, "…"), finding("date", "response", 0, 1, "x"), finding("token", "response", 14, 20, "…"), finding("token", "response", 3, 9, "…")];
  const secrets = secretsOf(findings, catalog);
  expect(secrets).toHaveLength(3);
  const plan = redaction(exchange, secrets, nothing);
  expect(plan.after).toEqual({ request: "A: …", response: "B: …; C: …", scheme: "https" });
  expect(plan.rounds).toHaveLength(1);
  expect(plan.applied).toHaveLength(3);
});

test("one place found twice is repaired once; what has no repair stays", () => {
  const exchange = { request: "", response: "A: secret", scheme: "https" } as const;
  const findings = [finding("token", "response", 3, 9, "…"), finding("token", "response", 5, 9, "…"), finding("token", "response", 0, 1, null)];
  expect(redaction(exchange, findings, nothing)).toMatchObject({ after: { response: "A: …" }, applied: [{ rule: "token" }] });
});
