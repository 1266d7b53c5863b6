// A static host for build/site, as the ones the site is meant for: `_headers` files, 404.html, ETag, compression.
// node scripts/serve.mjs FOLDER [--port N] [--host ADDRESS]
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs, promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const mediaTypes = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
};
const compressible = /^(?:text\/|application\/(?:json|xml|wasm|manifest\+json)|image\/svg)/;
const compress = promisify(brotliCompress);

/** `_headers`: a path pattern per block (`*` stands for anything), then indented `Name: value` lines. */
export function parseHeaders(text) {
  const blocks = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === "" || line.trimStart().startsWith("#")) continue;
    if (/^\s/.test(line)) {
      const [name, ...value] = line.trim().split(":");
      blocks.at(-1)?.fields.push([name.trim(), value.join(":").trim()]);
    } else {
      const literal = line.trim().replace(/[.+?^${}()|[\]\\]/g, "\\$&");
      blocks.push({ pattern: new RegExp(`^${literal.replaceAll("*", ".*")}$`), fields: [] });
    }
  }
  return blocks;
}

/** Fields for a path: all blocks that match count; a later one wins. */
export function headersFor(blocks, pathname) {
  const fields = new Map();
  for (const block of blocks) {
    if (!block.pattern.test(pathname)) continue;
    for (const [name, value] of block.fields) fields.set(name.toLowerCase(), value);
  }
  return fields;
}

/** Answers requests with the files of a folder. */
export function siteHandler(folder) {
  const files = new Map(); // path -> {mtime, identity, brotli, etag}

  async function load(file) {
    const { mtimeMs } = await stat(file);
    const known = files.get(file);
    if (known?.mtimeMs === mtimeMs) return known;
    const identity = await readFile(file);
    const type = mediaTypes[path.extname(file)] ?? "application/octet-stream";
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
    const brotli = compressible.test(type) && identity.length > 200 ? await compress(identity, quality) : null;
    const etag = createHash("sha256").update(identity).digest("base64url").slice(0, 22);
    const entry = { mtimeMs, identity, brotli, type, etag };
    files.set(file, entry);
    return entry;
  }

  async function find(pathname) {
    const file = path.join(folder, pathname);
    if (file !== folder && !file.startsWith(folder + path.sep)) return {};
    const info = await stat(file).catch(() => null);
    if (info?.isDirectory()) {
      if (!pathname.endsWith("/")) return { redirect: `${pathname}/` };
      const index = path.join(file, "index.html");
      return { file: (await stat(index).catch(() => null)) ? index : undefined };
    }
    return { file: info?.isFile() && !pathname.endsWith("/") && path.basename(file) !== "_headers" ? file : undefined };
  }

  return async (request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { Allow: "GET, HEAD" }).end();
      return;
    }
    let pathname;
    try {
      pathname = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    } catch {
      response.writeHead(400).end();
      return;
    }
    const rules = parseHeaders(await readFile(path.join(folder, "_headers"), "utf8").catch(() => ""));
    const { file, redirect } = pathname.includes("\0") ? {} : await find(pathname);
    if (redirect) {
      response.writeHead(308, { Location: encodeURI(redirect).replace(/^\/+/, "/") }).end();
      return;
    }
    const notFound = path.join(folder, "404.html");
    const served = file ?? ((await stat(notFound).catch(() => null)) ? notFound : null);
    for (const [name, value] of headersFor(rules, pathname)) response.setHeader(name, value);
    if (!served) {
      response.writeHead(404).end();
      return;
    }
    const entry = await load(served);
    const brotli = entry.brotli && /\bbr\b/.test(request.headers["accept-encoding"] ?? "");
    const etag = `"${entry.etag}${brotli ? "-br" : ""}"`;
    response.setHeader("Content-Type", entry.type);
    response.setHeader("ETag", etag);
    if (entry.brotli) response.setHeader("Vary", "Accept-Encoding");
    if (!response.hasHeader("Cache-Control")) response.setHeader("Cache-Control", "no-cache");
    if (file && request.headers["if-none-match"]?.split(/\s*,\s*/).includes(etag)) {
      response.writeHead(304).end();
      return;
    }
    if (brotli) response.setHeader("Content-Encoding", "br");
    const body = brotli ? entry.brotli : entry.identity;
    response.setHeader("Content-Length", body.length);
    response.writeHead(file ? 200 : 404).end(request.method === "HEAD" ? undefined : body);
  };
}

/** A listening server; port 0 takes a free one. */
export function serve(folder, port, host = "127.0.0.1") {
  const handler = siteHandler(path.resolve(folder));
  const server = createServer((request, response) => {
    handler(request, response).catch((cause) => {
      console.error(cause);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve(server));
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { port: { type: "string", default: "8080" }, host: { type: "string", default: "127.0.0.1" } },
  });
  try {
    const server = await serve(positionals[0] ?? "build/site", Number(values.port), values.host);
    const host = values.host === "127.0.0.1" ? "localhost" : values.host;
    console.log(`Statuslab is at http://${host}:${server.address().port}  (Ctrl+C ends it)`);
  } catch (cause) {
    console.error(cause.code === "EADDRINUSE" ? `port ${values.port} is taken; choose another with --port` : cause.message);
    process.exitCode = 1;
  }
}
