import { expect, test } from "vitest";
import { createHash } from "node:crypto";
import { contentSecurityPolicy, finishPage, withStylesInside } from "./finish-pages";

const sha256 = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const directive = (policy: string, name: string): string => policy.split("; ").find((part) => part.startsWith(`${name} `)) ?? "";

test("an inline script is allowed by its hash, once; one with an address or with data needs none", () => {
  const policy = contentSecurityPolicy(
    `<script>a()</script><script>a()</script><script type="module" src="/_astro/x.js"></script><script type="application/json">{"a":1}</script>`,
  );
  expect(directive(policy, "script-src")).toBe(`script-src 'self' 'wasm-unsafe-eval' ${sha256("a()")}`);
});

test("no inline script, no hash; nothing is ever unsafe-inline", () => {
  const policy = contentSecurityPolicy("<p>a</p>");
  expect(directive(policy, "script-src")).toBe("script-src 'self' 'wasm-unsafe-eval'");
  expect(directive(policy, "style-src")).toBe("style-src 'self'");
  expect(policy).not.toContain("unsafe-inline");
});

test("an inline style is allowed by its hash", () => {
  expect(directive(contentSecurityPolicy("<style>a{}</style>"), "style-src")).toBe(`style-src 'self' ${sha256("a{}")}`);
});

test("the policy comes before anything that it governs, and the theme is left to the system", () => {
  const html = finishPage(`<!DOCTYPE html><html lang="en" dir="ltr" data-theme="dark"><head><meta charset="utf-8"><script>a()</script>`, "abc");
  expect(html).toMatch(/^<!DOCTYPE html><html lang="en" dir="ltr"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy"/);
  expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.indexOf("<script>"));
  expect(html).toContain('<meta name="build" content="abc">');
});

test("style sheets move into the page in their order; the one for print stays outside", async () => {
  const html = `<link rel="stylesheet" href="/_astro/a.css"><link rel="stylesheet" href="/p.css" media="print"><link rel="stylesheet" href="/_astro/b.css">`;
  const styled = await withStylesInside(html, (href) => Promise.resolve(`/* ${href} $& */\n`));
  expect(styled).toBe(`<style>/* _astro/a.css $& */</style><link rel="stylesheet" href="/p.css" media="print"><style>/* _astro/b.css $& */</style>`);
  await expect(withStylesInside(html, () => Promise.resolve("a{background:url(x.png)}"))).rejects.toThrow("a.css");
});
