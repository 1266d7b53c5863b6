/*
 * What holds for every page as it is served, before any script runs.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { counterpart, pages } from "./pages.mjs";

const checks = new Map();

/** faults(PAGE): what is wrong with a page, or nothing. */
function holds(what, faults) {
  checks.set(what, faults);
}

/** Served for any address, in both languages: not a page of a language. */
const missing = ({ path }) => path === "/404.html";
const offline = ({ path }) => /^\/(?:zh-cn\/)?offline\/$/.test(path);

holds("one heading of the first rank, a title, a description", function* ({ $, ...page }) {
  if ($("h1").length !== 1) yield `${$("h1").length} h1`;
  if ($("title").text().trim() === "") yield "no title";
  if (!missing(page) && !offline(page) && ($("meta[name=description]").attr("content") ?? "").length < 20) yield "no description";
});

holds("nothing is loaded from elsewhere", function* ({ $, path }) {
  const loaded = $("script[src], img[src], iframe, object, embed, source[src], video[src], audio[src], link[rel~=stylesheet], link[rel~=icon], link[rel~=modulepreload], link[rel~=preload], link[rel~=manifest]");
  for (const element of loaded) {
    const address = $(element).attr("src") ?? $(element).attr("href") ?? $(element).attr("data") ?? "";
    if (new URL(address, `http://site${path}`).host !== "site" && !address.startsWith("data:")) yield address;
  }
  for (const element of $("link[rel~=preconnect], link[rel~=dns-prefetch]")) yield $(element).attr("href");
});

/** The policy in the page, by directive. */
function policyOf($) {
  const content = $("meta[http-equiv=Content-Security-Policy]").attr("content") ?? "";
  return new Map(content.split(";").map((part) => part.trim().split(/\s+/)).map(([name, ...values]) => [name, values]));
}

const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

holds("the policy is strict and stands before everything it governs", function* ({ $ }) {
  const policy = policyOf($);
  const wanted = { "default-src": ["'self'"], "object-src": ["'none'"], "base-uri": ["'none'"], "form-action": ["'none'"] };
  for (const [name, values] of Object.entries(wanted)) {
    if (policy.get(name)?.join(" ") !== values.join(" ")) yield `${name} is ${policy.get(name)?.join(" ")}`;
  }
  for (const name of ["script-src", "style-src"]) {
    const strange = (policy.get(name) ?? ["nothing"]).filter((value) => !/^'(?:self|wasm-unsafe-eval|sha256-[\w+/]+=*)'$/.test(value));
    if (strange.length > 0) yield `${name} allows ${strange.join(" ")}`;
  }
  const before = $("meta[http-equiv=Content-Security-Policy]").prevAll();
  if (before.length > 1 || !before.is("[charset]")) yield "the policy stands too late";
});

holds("every inline script and style is in the policy by its hash, and no hash is idle", function* ({ $ }) {
  const policy = policyOf($);
  const inline = {
    "script-src": $("script:not([src])").filter((_, element) => !/json/.test($(element).attr("type") ?? "")),
    "style-src": $("style"),
  };
  for (const [directive, elements] of Object.entries(inline)) {
    const own = new Set(Array.from(elements, (element) => hash($(element).text())));
    const allowed = new Set((policy.get(directive) ?? []).filter((value) => value.startsWith("'sha256-")));
    for (const value of own.difference(allowed)) yield `${directive}: ${value} is in the page only`;
    for (const value of allowed.difference(own)) yield `${directive}: ${value} is in the policy only`;
  }
});

holds("no element carries script or style in its attributes", function* ({ $ }) {
  for (const element of $("*")) {
    for (const name of Object.keys(element.attribs)) {
      if (name === "style" || name.startsWith("on")) yield `<${element.name} ${name}>`;
    }
  }
  for (const link of $("[href^='javascript:' i], [href^='data:' i], [src^='javascript:' i]")) yield $(link).attr("href");
});

holds("a link that leaves the site leads to a secure address", function* ({ $, path }) {
  for (const link of $("a[href]")) {
    const url = new URL($(link).attr("href"), `http://site${path}`);
    if (url.host !== "site" && url.protocol !== "https:") yield url.href;
  }
});

holds("nobody has to have scripts to read: no page is empty without them", function* ({ $ }) {
  const text = $("main, body").first().clone();
  text.find("script, style, noscript").remove();
  if (text.text().replaceAll(/\s+/g, " ").length < 80) yield "hardly any text";
});

holds("no trace of the machine that built it", function* ({ html }) {
  const found = /(?:file:\/\/|\/(?:home|root|work|tmp|Users)\/)[\w./-]*/.exec(html.replaceAll(/<pre[\s\S]*?<\/pre>/g, ""));
  if (found) yield found[0];
});

holds("a page has its language, and leads to itself in the other one", function* (page) {
  if (missing(page)) return;
  const other = counterpart(page);
  const links = page.$("header a[hreflang]");
  if (page.$("html").attr("lang") !== page.language) yield `its language is ${page.$("html").attr("lang")}`;
  if (links.length !== 1 || links.attr("hreflang") !== (page.language === "en" ? "zh-CN" : "en") || links.attr("href") !== other) {
    yield `leads to ${links.attr("href")} as ${links.attr("hreflang")}, not to ${other}`;
  }
});

holds("a page that names its address names it in both languages", function* (page) {
  const canonical = page.$("link[rel=canonical]").attr("href");
  if (canonical === undefined) return;
  const { origin, pathname } = new URL(canonical);
  if (pathname !== page.path) yield `says it is ${canonical}`;
  const english = page.language === "en" ? page.path : counterpart(page);
  for (const [language, path] of Object.entries({ en: english, "zh-CN": `/zh-cn${english}`, "x-default": english })) {
    const found = page.$(`link[rel=alternate][hreflang=${language}]`).attr("href");
    if (found !== origin + path) yield `in ${language} it is ${found}, not ${origin + path}`;
  }
});

// Once over all pages: reading them is what takes time.
const faults = new Map([...checks.keys()].map((what) => [what, []]));
const titles = new Map();
const paths = new Set();
const linked = new Set();
for (const page of pages()) {
  const { $, path, language } = page;
  paths.add(path);
  const title = `${language}: ${$("title").text()}`;
  titles.set(title, [...(titles.get(title) ?? []), path]);
  for (const link of $("a[href]")) {
    const url = new URL($(link).attr("href"), `http://site${path}`);
    if (url.host === "site" && url.pathname !== path) linked.add(url.pathname);
  }
  for (const [what, check] of checks) for (const fault of check(page)) faults.get(what).push(`${path}: ${fault}`);
}

for (const [what, found] of faults) test(what, () => assert.deepEqual(found, []));

test("there are pages, each in two languages", () => {
  assert.notEqual(paths.size, 0, "the site is not built");
  const english = [...paths].filter((path) => !path.startsWith("/zh-cn/") && path !== "/404.html").map((path) => `/zh-cn${path}`);
  assert.deepEqual([...paths].filter((path) => path.startsWith("/zh-cn/")).toSorted(), english.toSorted());
});

test("no two pages of a language have the same title", () => {
  assert.deepEqual([...titles].filter(([, same]) => same.length > 1), []);
});

test("every page is linked from another, unless a host or the service worker shows it", () => {
  assert.deepEqual([...paths].filter((path) => !linked.has(path) && !missing({ path }) && !offline({ path })), []);
});
