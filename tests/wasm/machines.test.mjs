// The machines of the simulator one by one: a cache, an origin and a client that a program of its own drives.
import assert from "node:assert/strict";
import { test } from "node:test";

import { built, bytes } from "./support.mjs";

const { load, EngineError } = await built("index");
const engine = await load({ parts: ["simulate"] });
const now = new Date("2026-01-05T10:00:00Z");
const later = (seconds) => new Date(now.getTime() + 1000 * seconds);
const target = "https://a.example/x";

test("a cache forwards what it has not, and answers with it afterwards", () => {
  const cache = engine.cache({ kind: "private" });
  const first = cache.request({ method: "GET", target, now });
  assert.equal(first.action, "forward");
  assert.equal(first.request.target, target);
  const body = Uint8Array.of(0xff, 0x00, 0x41);
  const stored = cache.response(first.ticket, { status: 200, reason: "OK", fields: [["Cache-Control", "max-age=60"]], body, now: later(1) });
  assert.equal(stored.action, "respond");
  assert.equal(stored.source, "forwarded");
  assert.deepEqual(stored.changes.map(({ op }) => op), ["store"]);
  const again = cache.request({ target, now: later(30) });
  assert.equal(again.source, "stored");
  assert.deepEqual([...again.response.body], [...body]);
  assert.equal(Object.fromEntries(again.response.fields).Age, "30", "a second on the way counts (RFC 9111 section 4.2.3)");
  assert.equal(again.decisions.filter(({ terminal }) => terminal).length, 1);
  assert.equal(cache.stored(later(31)).length, 1);
  cache.clear();
  assert.deepEqual(cache.stored(later(31)), []);
  cache.close();
  assert.throws(() => cache.stored(now), /a machine that is open/);
});

test("a cache without a connection answers 504, or with what is stale", () => {
  const cache = engine.cache({ kind: "shared" });
  const { ticket } = cache.request({ target, now });
  assert.equal(cache.response(ticket, { error: "network", now }).response.status, 504);
  const next = cache.request({ target, now });
  cache.response(next.ticket, { fields: [["Cache-Control", "max-age=1"], ["ETag", '"a"']], body: "old", now });
  const stale = cache.request({ target, now: later(10) });
  assert.equal(stale.action, "forward");
  assert.equal(cache.response(stale.ticket, { error: "network", now: later(10) }).response.status, 200);
});

test("an origin remembers what it was sent", () => {
  const origin = engine.origin({ resources: [{ path: "/x", exists: false }] });
  assert.equal(origin.respond({ target, now }).response.status, 404);
  assert.equal(origin.respond({ method: "PUT", target, body: "new", now }).response.status, 201);
  const found = origin.respond({ target, now: later(1) });
  assert.equal(found.response.status, 200);
  assert.ok(found.decisions.some(({ terminal, gives }) => terminal && gives === 200));
  assert.equal(origin.change("/x", later(2)), true);
  assert.equal(origin.change("/nothing", later(2)), false);
});

test("resources alone make an origin, the name of a profile a client; the time may stand behind a request", () => {
  const origin = engine.origin([{ path: "/x", exists: false }]);
  assert.equal(origin.respond({ target }, now).response.status, 404);
  assert.equal(engine.client("curl").start({ target, now }).requests[0].request.target, target);
});

test("a client says what is to be sent next, then what came of it", () => {
  const client = engine.client({ profile: "by-the-book" });
  const { requests } = client.start({ target, now });
  assert.equal(requests[0].request.target, target);
  const { outcome } = client.receive({ status: 200, body: bytes("ok"), now: later(1) });
  assert.equal(outcome.status, 200);
  assert.equal(outcome.bytes, 2);
});

test("machines do not know each other", () => {
  const [one, two] = [engine.cache(), engine.cache()];
  const { ticket } = one.request({ target, now });
  one.response(ticket, { fields: [["Cache-Control", "max-age=60"]], now });
  assert.equal(one.request({ target, now }).action, "respond");
  assert.equal(two.request({ target, now }).action, "forward");
});

test("what cannot be understood is told with its place", () => {
  assert.throws(() => engine.cache({ kind: "privat" }), (error) => error instanceof TypeError && /cache: \/kind is "privat".*"private" is near/.test(error.message));
  assert.throws(() => engine.client("lynx"), /client: \/profile; expected: one of/);
  assert.throws(() => engine.client({ profile: "lynx" }), /client: \/profile; expected: one of/);
  assert.throws(() => engine.origin().respond({ target, fields: [["a b", "c"]], now }), /origin\.respond: \/respond\/fields\/0\/0/);
  assert.throws(() => engine.cache().request({ now }), /\/request\/target; expected: this member has to be there/);
});

test("an engine without the part says so", async () => {
  const validator = await load({ parts: ["validate"] });
  for (const call of [() => validator.cache(), () => validator.origin(), () => validator.client()]) {
    assert.throws(call, (error) => error instanceof EngineError && error.code === "not-loaded");
  }
});
