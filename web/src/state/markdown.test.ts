import { expect, test } from "vitest";
import { toMarkdown, type MarkdownWords } from "./markdown";

const words: MarkdownWords = {
  request: "Request", response: "Response", nothing: "Nothing to complain about", open: "Open",
  severities: { error: "error", warning: "warning", info: "note", hint: "hint", fine: "fine" },
};

test("exchange, findings and link", () => {
  const text = toMarkdown(
    { request: "", response: "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n", scheme: "https" },
    [{
      finding: { key: "k", rule: "content-length-in-204", severity: "error", on: "response", from: 0, to: 1, line: 2, args: {}, fixes: [] },
      described: { message: "204 carries Content-Length (0)", summary: "Not even <0>.", quote: "", cite: "RFC 9110 section 8.6", citeUrl: "https://rfc/8.6", fixes: [] },
    }],
    "https://statuslab.example/#1abc", words,
  );
  expect(text).toBe(`**Response**

\`\`\`http
HTTP/1.1 204 No Content
Content-Length: 0

\`\`\`

- ● error: **204 carries Content-Length (0)** Not even \\<0\\>. ([RFC 9110 §8.6](https://rfc/8.6)) \`content-length-in-204\`

[Open](https://statuslab.example/#1abc)
`);
});

test("a fence is longer than any in the text", () => {
  expect(toMarkdown({ request: "", response: "````", scheme: "https" }, [], null, words)).toContain("`````http\n````\n`````");
});
