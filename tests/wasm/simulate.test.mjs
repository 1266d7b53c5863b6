// The simulator through the package: scenarios in, traces out, and what is made of them.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { built, dist, statuslab } from "./support.mjs";

const { load } = await built("index");
const trace = await built("trace");
const engine = await load({ parts: ["simulate"] });
const golden = new URL("../traces/", import.meta.url);
const presets = new URL("../../web/src/content/scenarios/", import.meta.url);
const json = (url) => JSON.parse(readFileSync(url, "utf8"));
const play = (scenario) => {
  const result = engine.simulate(scenario);
  assert.deepEqual(result.mistakes, undefined);
  return result.trace;
};
const smallest = { client: { request: { method: "GET", target: "https://a.example/x" } } };

for (const name of readdirSync(golden)) {
  test(`golden: ${name}, natively and here`, () => {
    const played = play(json(new URL(`${name}/scenario.json`, golden)));
    assert.deepEqual(played, json(new URL(`${name}/trace.json`, golden)));
  });
}

test("there are golden traces", () => assert.ok(readdirSync(golden).length >= 5));

for (const file of readdirSync(presets).filter((name) => name.endsWith(".json"))) {
  const { code, scenario } = json(new URL(file, presets));
  test(`preset ${file} plays${code === null ? "" : ` and comes to ${code}`}`, () => {
    const played = play(scenario);
    const responses = played.events.filter(trace.isResponse);
    if (code !== null) {
      const within = responses.some(({ wire }) => wire.includes(` ${code} `));
      assert.ok(responses.some(({ status }) => status === code) || within, `${responses.map(({ status }) => status)}`);
    }
    assert.equal(played.outcomes.length, (scenario.steps ?? [{}]).filter((step) => (step.do ?? "request") === "request").length);
  });

  test(`preset ${file}: every response has one decision that ends it, by its maker`, () => {
    const played = play(scenario);
    for (const response of played.events.filter(trace.isResponse)) {
      if (response.interim) continue;
      const ends = played.events.filter((event) => event.kind === "decision" && event.terminal && event.actor === response.actor && event.exchange === response.exchange);
      if (response.decision === null) {
        assert.deepEqual(ends.map(({ id }) => id), [], `${response.actor} passes on ${response.status}`);
        assert.ok(trace.maker(played, response), "somebody made it");
      } else {
        assert.equal(ends.length, 1, `${response.actor} ${response.status}: ${ends.map(({ id }) => id)}`);
        assert.equal(ends[0].seq, response.decision);
        assert.equal(ends[0].gives, response.status === 0 ? ends[0].gives : response.status);
        assert.ok(ends[0].cite.length > 0);
      }
    }
  });
}

test("a scenario may be text, and its mistakes have places", () => {
  assert.equal(engine.simulate(JSON.stringify(smallest)).ok, true);
  const { ok, mistakes } = engine.simulate({ ...smallest, orgin: {} });
  assert.equal(ok, false);
  assert.equal(mistakes[0].pointer, "/orgin");
  assert.match(mistakes[0].expected, /"origin" is near/);
  assert.equal(engine.simulate("{").ok, false);
});

test("events are in the order of the clock and numbered", () => {
  const { events } = play(json(new URL("shared-cache-goes-stale/scenario.json", golden)));
  events.forEach((event, at) => assert.equal(event.seq, at));
  for (let at = 1; at < events.length; ++at) assert.ok(events[at - 1].at <= events[at].at);
});

test("curl commands are for the client's requests", () => {
  const played = play({ client: { request: { method: "POST", target: "https://a.example/it's?a=1", content: "x=1", fields: [["Content-Type", "text/plain"]] } } });
  assert.deepEqual(trace.curlCommands(played), [`curl -i -H 'Content-Type: text/plain' --data-binary x=1 'https://a.example/it'\\''s?a=1'`]);
});

test("HAR has an entry for each request of the client", () => {
  const played = play(json(new URL("redirect-through-proxy/scenario.json", golden)));
  const { log } = trace.traceHar(played, "0");
  assert.deepEqual(log.entries.map(({ request, response }) => [request.method, request.url, response.status]), trace.clientPairs(played).map(({ request, response }) => [request.method, request.target, response.status]));
  assert.equal(log.entries[0].response.redirectURL.endsWith("/new"), true);
  assert.equal(log.entries[0].startedDateTime, new Date(played.start).toISOString());
});

test("what a party remembers is the last word on each key", () => {
  const played = play(json(new URL("shared-cache-goes-stale/scenario.json", golden)));
  const stored = trace.memory(played, Infinity).filter(trace.isStored);
  assert.equal(stored.length, 1);
  assert.equal(trace.memory(played, -1).length, 0);
});

test("pictures and Markdown carry no markup of the messages", () => {
  const played = play({ client: { request: { target: "https://a.example/x" } }, given: ["HTTP/1.1 200 <script>&\"\r\nX: `|\r\n\r\n"] });
  for (const language of ["en", "zh-CN"]) {
    const options = { decisions: json(new URL(`catalog/decisions.${language}.json`, dist)), words: trace.traceWords[language] };
    const svg = trace.traceSvg(played, options);
    assert.ok(svg.includes("200 &lt;script&gt;&amp;&quot;") && !svg.includes("<script"));
    assert.match(trace.traceMarkdown(played, options), /200 \\<script\\>/);
  }
});

test("the command line plays a scenario in all formats", async () => {
  const file = new URL("shared-cache-goes-stale/scenario.json", golden).pathname;
  for (const [format, pattern] of [["text", /client.*──▶.*shared cache/], ["json", /"version": 1/], ["har", /"creator"/], ["svg", /^<svg /], ["markdown", /\| Time \|/], ["curl", /^curl -i https:\/\/a\.example\/x/]]) {
    const { code, stdout, stderr } = await statuslab(["simulate", file, "--format", format]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, pattern, format);
  }
  const chinese = await statuslab(["simulate", file, "--lang", "zh-CN"]);
  assert.match(chinese.stdout, /共享缓存/);
  const wrong = await statuslab(["simulate", "-"], { stdin: '{"cleint":{}}' });
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /\/cleint is \{\}; expected: .*"client" is near/);
});

test("what would change it is found by trying", () => {
  const ways = trace.whatIf(engine, smallest);
  const byStatus = new Map(ways.map((way) => [way.status, way]));
  for (const status of [206, 301, 304, 401, 404, 405, 410, 429, 500, 503, 511]) {
    const way = byStatus.get(status);
    assert.ok(way, `${status} of ${[...byStatus.keys()]}`);
    const played = play(way.scenario);
    assert.ok(played.events.some((event) => trace.isResponse(event) && event.status === status));
    assert.equal(way.edits.length, 1);
  }
  assert.equal(byStatus.has(200), false);

  const missing = { ...smallest, origin: { resources: [{ path: "/x", exists: false }] } };
  const [back] = trace.whatIf(engine, missing).filter(({ status }) => status === 200);
  assert.deepEqual(back.edits, [{ op: "remove", pointer: "/origin" }]);
  assert.deepEqual(trace.whatIf(engine, { nonsense: 1 }), []);
});
