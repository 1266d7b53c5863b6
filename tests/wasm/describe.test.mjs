import assert from "node:assert/strict";
import { test } from "node:test";

import { built } from "./support.mjs";

const { describe } = await built("index");

const words = {
  language: "en",
  severities: { error: "error", warning: "warning", info: "note", hint: "hint", fine: "fine" },
  status: {},
  rules: {
    "a-rule": {
      family: "framing",
      severity: "error",
      message: "{code} carries {name} ({value})",
      summary: "Somebody waits.",
      quote: "A server MUST NOT.",
      cite: "RFC 9110 section 8.6",
      citeUrl: "https://www.rfc-editor.org/rfc/rfc9110#section-8.6",
      fixes: ["Remove {name}", "Send {value} bytes"],
    },
  },
};
const finding = (args, fixes = [], rule = "a-rule") => ({ rule, severity: "error", on: "response", index: 0, begin: 0, end: 1, args, fixes });
const fix = (label) => ({ label, safe: true, edits: [] });

test("placeholders take the finding's values", () => {
  assert.equal(describe(finding({ code: "204", name: "Content-Length", value: "0" }), words).message, "204 carries Content-Length (0)");
});

test("a placeholder without a value stays visible", () => {
  assert.equal(describe(finding({ code: "204" }), words).message, "204 carries {name} ({value})");
});

test("values are not looked into for placeholders, and names of object members are no values", () => {
  assert.equal(describe(finding({ code: "{name}", name: "$&", value: "$1" }), words).message, "{name} carries $& ($1)");
  const hostile = structuredClone(words);
  hostile.rules["a-rule"].message = "{toString} {constructor}";
  assert.equal(describe(finding({}), hostile).message, "{toString} {constructor}");
});

test("fixes come in the order of the finding, by label", () => {
  const { fixes } = describe(finding({ name: "X", value: "3" }, [fix(1), fix(0)]), words);
  assert.deepEqual(fixes, ["Send 3 bytes", "Remove X"]);
});

test("a rule that the catalogue does not know is called by its id", () => {
  for (const rule of ["newer-rule", "toString"]) {
    assert.deepEqual(describe(finding({}, [fix(0)], rule), words), { message: rule, summary: "", quote: "", cite: "", citeUrl: "", fixes: [rule] });
  }
});
