// A scenario, once as the simulator plays it and once as it is played for real: both come to an account, which is compared.
//
// Virtual time and names are moved to where the real run happens: the clock begins now, and every date in the scenario moves
// with it; `a.example` becomes a name of this run alone, so that all runs share one origin; https becomes http.

const IMF = /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT/g;
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g;
const NAME = /\b([a-z]+)\.example\b/g;
const DEFAULT_START = "2026-01-05T10:00:00Z";

/** `start`: a whole second; `tag`: what tells this run's names from those of others. */
export function move(scenario, start, tag) {
  const text = JSON.stringify({ ...scenario, clock: { start: DEFAULT_START, ...scenario.clock } });
  const shift = start - Date.parse(scenario.clock?.start ?? DEFAULT_START);
  const moved = (date) => new Date(Date.parse(date) + shift);
  const filled = (key, value) => (key === "content" && value.bytes ? "a".repeat(value.bytes) : value);
  return JSON.parse(
    text
      .replaceAll(IMF, (date) => moved(date).toUTCString())
      .replaceAll(INSTANT, (date) => moved(date).toISOString().replace(".000", ""))
      .replaceAll(NAME, `$1-${tag}.example`)
      .replaceAll("https://", "http://"),
    filled,
  );
}

/** The authorities that a moved scenario mentions. */
export const authorities = (scenario) => [...new Set(JSON.stringify(scenario).match(/\b[a-z]+-[0-9a-z]+\.example\b/g))];

/** Requests of the steps that happen at one time: `[{at, steps: [{index, client, request}]}]`. */
export function moments(scenario, paced) {
  const base = scenario.client.request;
  const steps = (scenario.steps ?? [{}])
    .map((step, index) => ({ at: step.at_s ?? 0, do: step.do ?? "request", client: step.client ?? 0, index, request: { ...base, ...step.request } }))
    .filter((step) => step.do === "request");
  if (!paced) return [{ at: 0, steps }];
  const found = new Map();
  for (const step of steps) {
    if (!found.has(step.at)) found.set(step.at, { at: step.at, steps: [] });
    found.get(step.at).steps.push(step);
  }
  return [...found.values()].sort((a, b) => a.at - b.at);
}

// --- what the simulated origin answered ------------------------------------------------------------------------------------

const bytesOf = (message) => (message.base64 === null ? Buffer.from(message.wire) : Buffer.from(message.base64, "base64"));
const fromOrigin = (event) => event.kind === "message" && event.side === "response" && (event.actor === "origin" || event.actor === "network");
const toOrigin = (event) => event.kind === "message" && event.side === "request" && event.to === "origin" && event.piece !== "content";

/** Whether the connection ends behind these bytes: they say so, or promise more than they hold. */
function ends(wire, framing) {
  const head = wire.slice(0, wire.indexOf("\r\n\r\n"));
  if (/^connection:.*\bclose\b/im.test(head) || framing === "close") return true;
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  return framing === "content-length" && wire.length - head.length - 4 < Number(length);
}

/** `[{pieces: [{after, bytes}], closes}]`, one for each request that reaches the origin. */
export function script(scenario, trace) {
  return trace.events.filter(toOrigin).map((request, index) => {
    const responses = trace.events.filter((event) => fromOrigin(event) && event.exchange === request.exchange);
    const last = responses.at(-1);
    const given = scenario.given?.[Math.min(index, scenario.given.length - 1)];
    const closes = given?.end ? given.end === "closed" : !last || ends(last.wire, last.framing);
    return { pieces: responses.map((event) => ({ after: event.at - request.arrives, bytes: bytesOf(event) })), closes };
  });
}

// --- accounts --------------------------------------------------------------------------------------------------------------

// Those on which parties could differ; what a program adds of its own accord (User-Agent, Accept) is none of them.
const TOLD = [
  "if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-range", "range", "authorization", "cookie", "content-type",
  "origin", "access-control-request-method", "access-control-request-headers", "expect",
];

/** Times count from the start, names are those of the file again. */
const settled = (text, start, tag) =>
  text.replaceAll(IMF, (date) => `<${(Date.parse(date) - start) / 1000} s>`).replaceAll(`-${tag}.example`, ".example");

// What a cache writes itself, on an error, has a number in it that is another one each time.
function quoted(content) {
  if (/<html>/i.test(content)) return "page";
  return content.length <= 24 ? JSON.stringify(content) : `${content.length} bytes`;
}

function requestLine({ method, target, fields, content, connection }, { connections }) {
  const host = fields.find(([name]) => name.toLowerCase() === "host")?.[1];
  const told = fields
    .filter(([name]) => TOLD.includes(name.toLowerCase()))
    .map(([name, value]) => `${name.toLowerCase()}: ${/^Digest /.test(value) ? "Digest" : value}`)
    .sort();
  const parts = [`${method} ${host}${target}`, ...told, content > 0 && `+${content} bytes`, connections && `#${connection}`];
  return parts.filter(Boolean).join(" | ");
}

/** One text for each moment: requests at the origin, then what came of each step. */
function accountOf(moments, requests, outcomes, { start, tag, ...options }) {
  return moments.map((moment, index) => {
    const sent = requests.filter((request) => request.moment === index).map((request) => requestLine(request, options));
    const seen = moment.steps.map((step) => outcomes.get(step.index));
    // Who comes first of those that begin together is left to chance.
    if (options.paced && moment.steps.length > 1) [sent, seen].forEach((list) => list.sort());
    return settled([...sent, ...seen.map((text) => `→ ${text}`)].join("\n"), start, tag);
  });
}

/** What the caller of a client gets. */
export function clientOutcome({ error, status, partial, bytes, page, type, url, redirected }) {
  const parts = [status, partial && "in part", bytes !== undefined && `${bytes} bytes`, page, type, redirected && `from ${url}`];
  return error ?? parts.filter((part) => part !== undefined && part !== false).join(", ");
}

/** What a client of a cache gets. `age`: it is a second old at least; what was there before may say so or not. */
export const cacheOutcome = ({ status, content, age, range }) =>
  [status, content.length > 0 && quoted(content), age && "Age", range && `Content-Range ${range}`].filter(Boolean).join(", ");

function parsed(wire) {
  const end = wire.indexOf("\r\n\r\n");
  const [start, ...lines] = wire.slice(0, end).split("\r\n");
  return { start, fields: lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]), content: wire.slice(end + 4) };
}

const fieldOf = (fields, name) => fields.find(([known]) => known.toLowerCase() === name)?.[1];

/** What the simulator says of it. `outcomeOf(outcome, trace)`: text of a step's end, for this kind of party. */
export function simulated(scenario, trace, { paced, outcomeOf, ...options }) {
  const all = moments(scenario, paced);
  const momentOf = (step) => all.findIndex(({ steps }) => steps.some(({ index }) => index === step));
  const numbers = new Map();
  const requests = trace.events.filter(toOrigin).map((event) => {
    const { start, fields, content } = parsed(event.wire);
    const later = trace.events.find((other) => other.kind === "message" && other.piece === "content" && other.exchange === event.exchange && other.to === "origin");
    if (!numbers.has(`${event.client} ${event.connection}`)) numbers.set(`${event.client} ${event.connection}`, numbers.size + 1);
    const [method, target] = start.split(" ");
    return { method, target, fields, content: content.length + (later?.wire.length ?? 0), moment: momentOf(event.step), connection: numbers.get(`${event.client} ${event.connection}`) };
  });
  const outcomes = new Map(trace.outcomes.map((outcome) => [outcome.step, outcomeOf(outcome, trace)]));
  return accountOf(all, requests, outcomes, { ...options, paced });
}

/** What really happened. `outcomes`: texts by step. */
export const seen = (scenario, run, outcomes, options) =>
  accountOf(moments(scenario, options.paced), run.requests.map((request) => ({ ...request, content: request.content.length })), outcomes, options);

/** The same, of an outcome of the simulator. */
export function simulatedClientOutcome({ error, status, bytes, url, redirected }) {
  if (error !== "" && error !== "content") return clientOutcome({ error: error === "timeout" ? "waits" : "error" });
  return clientOutcome({ status, partial: error === "content", bytes, redirected, url });
}

export function simulatedCacheOutcome(outcome, trace) {
  if (outcome.message === null) return "error";
  const { wire, status, framing } = trace.events[outcome.message];
  const { fields, content } = parsed(wire);
  return cacheOutcome({ status, content: framing === "chunked" ? dechunked(content) : content, age: Number(fieldOf(fields, "age")) >= 1, range: fieldOf(fields, "content-range") });
}

function dechunked(text) {
  const size = Number.parseInt(text, 16);
  const begin = text.indexOf("\r\n") + 2;
  return size > 0 ? text.slice(begin, begin + size) + dechunked(text.slice(begin + size + 2)) : "";
}
