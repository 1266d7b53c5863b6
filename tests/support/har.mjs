// An archive as a browser writes one, made up: the same seed makes the same bytes.
//   node tests/support/har.mjs COUNT [FILE]      writes to FILE, or to standard output
import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { pathToFileURL } from "node:url";

function* numbers(seed) {
  for (let state = seed; ; ) {
    state = (state * 48271) % 2147483647;
    yield state;
  }
}

const hosts = ["www.shop.example", "api.shop.example", "cdn.assets.example", "fonts.assets.example", "login.shop.example", "metrics.example", "img.shop.example"];
const words = "lamp table shelf chair desk rug mirror clock vase frame sofa stool bench crate hook tray bowl jug".split(" ");

/** Kinds of exchanges, with how often they come. `fields` are those beyond what every response has. */
const kinds = [
  { share: 30, method: "GET", path: "/api/items/", type: "application/json; charset=utf-8", status: 200, body: json, fields: [["Cache-Control", "private, max-age=60"], ["ETag", '"{id}"'], ["Vary", "Accept-Encoding"]] },
  { share: 18, method: "GET", path: "/static/app-", type: "text/javascript; charset=utf-8", status: 200, body: script, fields: [["Cache-Control", "public, max-age=31536000, immutable"], ["ETag", '"{id}"']] },
  { share: 14, method: "GET", path: "/img/", type: "image/png", status: 200, body: picture, fields: [["Cache-Control", "public, max-age=86400"], ["Last-Modified", "Sun, 01 Nov 2026 10:00:00 GMT"]] },
  { share: 8, method: "GET", path: "/", type: "text/html; charset=utf-8", status: 200, body: page, fields: [["Set-Cookie", "session={id}; Path=/; Secure; HttpOnly; SameSite=Lax"], ["Content-Security-Policy", "default-src 'self'; img-src *"], ["Strict-Transport-Security", "max-age=31536000"]] },
  { share: 7, method: "GET", path: "/api/cart/", type: "application/json", status: 304, body: nothing, fields: [["ETag", '"{id}"']], asks: [["If-None-Match", '"{id}"']] },
  { share: 5, method: "POST", path: "/api/events", type: "", status: 204, body: nothing, fields: [] },
  { share: 4, method: "GET", path: "/old/", type: "text/html", status: 301, body: nothing, fields: [["Location", "/new/{id}"]] },
  { share: 4, method: "GET", path: "/missing/", type: "text/html; charset=utf-8", status: 404, body: page, fields: [] },
  // With something to find.
  { share: 2, method: "POST", path: "/api/orders", type: "application/json", status: 204, body: json, fields: [["Content-Length", "16"]] },
  { share: 2, method: "GET", path: "/api/limits", type: "application/json", status: 429, body: json, fields: [["Retry-After", "soon"]] },
  { share: 2, method: "GET", path: "/api/me", type: "application/json", status: 401, body: json, fields: [] },
  { share: 2, method: "PUT", path: "/api/items/", type: "application/json", status: 405, body: json, fields: [["Date", "yesterday"]] },
  { share: 1, method: "GET", path: "/status", type: "text/plain", status: 503, body: text, fields: [["Retry-After", "-5"], ["Etag", "abc"]] },
  { share: 1, method: "GET", path: "/blocked", type: "", status: 0, body: nothing, fields: [] },
];
const total = kinds.reduce((sum, { share }) => sum + share, 0);

const reasons = { 200: "OK", 204: "No Content", 301: "Moved Permanently", 304: "Not Modified", 401: "Unauthorized", 404: "Not Found", 405: "Method Not Allowed", 429: "Too Many Requests", 503: "Service Unavailable" };

function fill(random, size, make) {
  let out = "";
  while (out.length < size) out += make(random.next().value);
  return out;
}
const word = (n) => words[n % words.length];
function json(random, size) {
  return `{"items":[${fill(random, size, (n) => `{"id":${n % 99991},"name":"${word(n)} “${word(n >> 5)}”","price":{"amount":"${n % 900}.90","currency":"EUR"},"stock":${n % 40}},`)}null]}`;
}
function script(random, size) {
  return fill(random, size, (n) => `export function ${word(n)}${n % 997}(a, b) { return a + "${word(n >> 4)}" + b.get(${n % 100}); }\n`);
}
function page(random, size) {
  return `<!doctype html><html lang="en"><title>Shop</title><body>${fill(random, size, (n) => `<p class="${word(n)}">A ${word(n >> 3)} for <b>${n % 300} €</b>, with a ${word(n >> 7)}.</p>\n`)}</body></html>`;
}
function picture(random, size) {
  const bytes = Buffer.alloc(size);
  for (let i = 0; i < size; i += 4) bytes.writeUInt32LE(random.next().value, Math.min(i, size - 4));
  Buffer.from("89504e470d0a1a0a", "hex").copy(bytes);
  return { text: bytes.toString("base64"), encoding: "base64", size };
}
function text() {
  return "down for maintenance\n";
}
function nothing() {
  return "";
}

function entry(index, random, bytes) {
  let at = random.next().value % total;
  const kind = kinds.find(({ share }) => (at -= share) < 0);
  const id = `${index.toString(36)}${(random.next().value % 46656).toString(36)}`;
  const started = new Date(Date.UTC(2026, 10, 22, 9, 30) + index * 37);
  const host = hosts[random.next().value % hosts.length];
  const target = `${kind.path}${kind.path.endsWith("/") || kind.path.endsWith("-") ? id : ""}${index % 3 === 0 ? `?page=${index % 50}&q=${word(index)}` : ""}`;
  const withId = ([name, value]) => ({ name, value: value.replace("{id}", id) });
  const body = kind.body(random, Math.floor(bytes * (0.2 + (random.next().value % 1600) / 1000)));
  const content = typeof body === "string" ? { size: Buffer.byteLength(body), mimeType: kind.type, ...(body === "" ? {} : { text: body }) } : { ...body, mimeType: kind.type };
  const post = kind.method === "GET" ? undefined : { mimeType: "application/json", text: `{"at":${index},"kind":"${word(index)}"}` };
  const length = kind.status === 204 || kind.status === 304 || kind.fields.some(([name]) => name === "Content-Length") ? [] : [{ name: "Content-Length", value: String(content.size) }];
  return {
    startedDateTime: started.toISOString(),
    time: 12.5 + (index % 300),
    request: {
      method: kind.method,
      url: `https://${host}${target}`,
      httpVersion: "HTTP/1.1",
      headers: [
        { name: "Host", value: host },
        { name: "Accept", value: "*/*" },
        { name: "Accept-Encoding", value: "gzip, deflate, br" },
        { name: "Accept-Language", value: "en-GB,en;q=0.9" },
        { name: "User-Agent", value: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36" },
        ...(kind.asks ?? []).map(withId),
        ...(post === undefined ? [] : [{ name: "Content-Type", value: "application/json" }, { name: "Content-Length", value: String(Buffer.byteLength(post.text)) }]),
      ],
      queryString: [],
      cookies: [],
      headersSize: -1,
      bodySize: post === undefined ? 0 : Buffer.byteLength(post.text),
      ...(post === undefined ? {} : { postData: post }),
    },
    response: {
      status: kind.status,
      statusText: reasons[kind.status] ?? "",
      httpVersion: "HTTP/1.1",
      headers:
        kind.status === 0
          ? []
          : [
              ...(kind.fields.some(([name]) => name === "Date") ? [] : [{ name: "Date", value: started.toUTCString() }]),
              { name: "Server", value: "shop" },
              ...(kind.type === "" || kind.status === 304 ? [] : [{ name: "Content-Type", value: kind.type }]),
              ...length,
              ...kind.fields.map(withId),
            ],
      cookies: [],
      content,
      redirectURL: "",
      headersSize: -1,
      bodySize: content.size,
    },
    cache: {},
    timings: { blocked: 1, dns: -1, connect: -1, ssl: -1, send: 0.1, wait: 10, receive: 1.4 },
    _resourceType: "fetch",
  };
}

/** The archive in pieces of text. `bytes`: content of a response, on average. */
export function* archive(count, bytes = 3900, seed = 7) {
  const random = numbers(seed);
  yield '{"log":{"version":"1.2","creator":{"name":"statuslab tests","version":"1"},"pages":[],"entries":[';
  for (let index = 0; index < count; index++) yield (index === 0 ? "" : ",") + JSON.stringify(entry(index, random, bytes));
  yield "]}}\n";
}

export async function writeArchive(path, count, bytes) {
  const file = createWriteStream(path);
  let written = 0;
  for (const piece of archive(count, bytes)) {
    written += Buffer.byteLength(piece);
    if (!file.write(piece)) await once(file, "drain");
  }
  file.end();
  await once(file, "finish");
  return written;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [count = "100", path] = process.argv.slice(2);
  if (path !== undefined) console.log(`${await writeArchive(path, Number(count))} bytes`);
  else for (const piece of archive(Number(count))) process.stdout.write(piece);
}
