/*
 * Every page is valid HTML.
 */
import assert from "node:assert/strict";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import path from "node:path";
import { test } from "node:test";
import { files, root } from "./pages.mjs";

const rules = {
  // Written by generators, read by browsers.
  "no-trailing-whitespace": "off",
  // Anything without spaces is a valid id; headings in Chinese have Chinese ones.
  "valid-id": ["error", { relaxed: true }],
  // Rules and codes have the titles that they have.
  "long-title": "off",
  // A filter that acts as one types has nothing to submit.
  "wcag/h32": "off",
};

test(`${files.length} pages are valid HTML`, async () => {
  assert.notEqual(files.length, 0, "the site is not built");
  const validator = new HtmlValidate(new StaticConfigLoader({ extends: ["html-validate:recommended"], rules }));
  const faults = [];
  for (const file of files) {
    const { results } = await validator.validateFile(path.join(root, file));
    for (const { messages } of results) {
      for (const { line, column, ruleId, message, selector } of messages) {
        faults.push(`${file}:${line}:${column} ${ruleId}: ${message}  ${selector ?? ""}`);
      }
    }
  }
  assert.deepEqual(faults, []);
});
