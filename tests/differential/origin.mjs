// The origin of all runs: one server on loopback, which finds the run of a request by its Host and plays, one response for
// each request, what the simulated origin answered. The last one is played again when a party asks more often.
import { createServer } from "node:net";

/** One run: `script` is played, `requests` tells what arrived. */
export class Run {
  script;
  requests = [];
  moment = 0;
  #connections = new Map();

  constructor(script) {
    this.script = script;
  }

  arrived(request, socket) {
    if (!this.#connections.has(socket)) this.#connections.set(socket, this.#connections.size + 1);
    const script = this.script[Math.min(this.requests.length, this.script.length - 1)];
    this.requests.push(Object.assign(request, { moment: this.moment, connection: this.#connections.get(socket) }));
    return script;
  }
}

const field = (request, name) => request.fields.find(([known]) => known.toLowerCase() === name)?.[1];

/** The head of the next request in `bytes`, or null while it is not whole. */
function readHead(bytes) {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const [start, ...lines] = bytes.subarray(0, end).toString("latin1").split("\r\n");
  const [method, target] = start.split(" ");
  const fields = lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]);
  return { request: { method, target, fields, content: Buffer.alloc(0) }, rest: bytes.subarray(end + 4) };
}

/** The content that `request` announces, or null while it is not whole (RFC 9112 section 6.3). */
function readContent(request, bytes) {
  if (!field(request, "transfer-encoding")) {
    const length = Number(field(request, "content-length") ?? 0);
    return bytes.length < length ? null : { content: bytes.subarray(0, length), rest: bytes.subarray(length) };
  }
  const parts = [];
  for (let at = 0; ; ) {
    const end = bytes.indexOf("\r\n", at);
    if (end < 0) return null;
    const size = Number.parseInt(bytes.subarray(at, end).toString("latin1"), 16);
    const next = end + 2 + size + 2;
    if (bytes.length < next) return null;
    if (size === 0) return { content: Buffer.concat(parts), rest: bytes.subarray(next) };
    parts.push(bytes.subarray(end + 2, end + 2 + size));
    at = next;
  }
}

const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function play(socket, pieces, since) {
  for (const piece of pieces) {
    const wait = since + piece.after - Date.now();
    if (wait > 0) await after(wait);
    if (!socket.destroyed) socket.write(piece.bytes);
  }
}

/** Serves one connection. `runs`: by authority; what belongs to none is answered with 404 and forgotten. */
async function serve(socket, runs, strangers) {
  let bytes = Buffer.alloc(0);
  const chunks = socket[Symbol.asyncIterator]();
  const more = async () => {
    const { value, done } = await chunks.next();
    if (!done) bytes = Buffer.concat([bytes, value]);
    return !done;
  };
  for (;;) {
    let head = readHead(bytes);
    while (head === null) {
      if (!(await more())) return;
      head = readHead(bytes);
    }
    const { request } = head;
    bytes = head.rest;
    const since = Date.now();
    const run = runs.get(field(request, "host"));
    const script = run && !strangers(request) ? run.arrived(request, socket) : null;
    const interim = script ? script.pieces.slice(0, -1) : [];
    // Who waits for 100 (Continue) gets it, or the final response, before the content.
    const waits = field(request, "expect")?.toLowerCase() === "100-continue";
    if (waits && script && !interim.some(({ bytes: text }) => /^HTTP\/1\.1 100/.test(text))) {
      await play(socket, script.pieces, since);
    } else {
      await play(socket, interim, since);
      let content = readContent(request, bytes);
      while (content === null) {
        if (!(await more())) return;
        content = readContent(request, bytes);
      }
      request.content = content.content;
      bytes = content.rest;
      if (script) await play(socket, script.pieces.slice(-1), since);
    }
    if (!script) socket.write(strangers(request) ?? "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    if (script?.closes) {
      socket.end();
      return;
    }
  }
}

/** `strangers`: answers requests that belong to no scenario, such as for the page that a browser starts from. */
export async function startOrigin(strangers = () => null) {
  const runs = new Map();
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on("error", () => {});
    serve(socket, runs, strangers).catch(() => socket.destroy());
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: server.address().port,
    add: (run, authorities) => authorities.forEach((authority) => runs.set(authority, run)),
    close: () => server.close(),
  };
}
