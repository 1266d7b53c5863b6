// The engine here and the engine of this machine write the same bytes: tests/golden/<name>/lint.json is made natively.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { built } from "./support.mjs";

const { load } = await built("index");
const engine = await load();
const golden = new URL("../golden/", import.meta.url);
const names = readdirSync(golden, { withFileTypes: true }).filter((entry) => entry.isDirectory());

for (const { name } of names) {
  test(`golden: ${name}`, async () => {
    const read = (file) => readFile(new URL(`${name}/${file}`, golden)).catch(() => null);
    const [request, response, scheme, expected] = await Promise.all(["request.http", "response.http", "scheme", "lint.json"].map(read));
    assert.ok(request ?? response, "an exchange");
    const result = engine.lint({ request, response, scheme: scheme?.toString().trim() ?? null });
    const written = `${JSON.stringify({ ...result, checks: 0 })}\n`;
    assert.equal(...differentPart(written, expected?.toString() ?? ""), "where the first difference is");
  });
}

function differentPart(written, expected) {
  let at = 0;
  while (at < written.length && written[at] === expected[at]) ++at;
  const around = (text) => text.slice(Math.max(0, at - 60), at + 60);
  return written === expected ? [written, expected] : [around(written), around(expected)];
}

test("there are golden files", () => assert.ok(names.length > 0));
