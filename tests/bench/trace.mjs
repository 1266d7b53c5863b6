// A scenario of 50 steps through client, private cache, shared cache, proxy and origin, played with its full trace through the
// npm package; then more steps, whose time has to grow in proportion. The budget of README.md: 5 ms for 50 steps.
import { load } from "../../wasm/dist/index.js";
import { loadParts } from "../../wasm/dist/load.js";

const budget = 5;
const rounds = 40;

/** What stories are made of: fresh, stale and validated answers, writes, redirects, and things that are not there. */
function scenario(steps) {
  const requests = [
    { target: "https://a.example/x" }, { target: "https://a.example/x" }, { target: "https://a.example/old" },
    { method: "PUT", target: "https://a.example/x", content: "new" }, { target: "https://a.example/nothing", fields: [["Accept", "text/html"]] },
  ];
  return {
    client: { request: { target: "https://a.example/x" }, private_cache: {} },
    shared_cache: { kind: "cdn" },
    proxy: {},
    origin: {
      resources: [
        { path: "/x", cache: { fields: [["Cache-Control", "max-age=2, s-maxage=5"]] } },
        { path: "/old", history: { moved: { status: 302, to: "/x" } } },
      ],
    },
    steps: Array.from({ length: steps }, (_, at) => ({ at_s: at, request: requests[at % requests.length] })),
  };
}

const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];

function timed(call) {
  const times = [];
  for (let round = 0; round < rounds; ++round) {
    const begin = performance.now();
    call();
    times.push(performance.now() - begin);
  }
  return median(times);
}

const { simulate } = await loadParts({ parts: ["simulate"] });
const engine = await load({ parts: ["simulate"] });
const text = JSON.stringify(scenario(50));
const result = engine.simulate(text);
if (!result.ok) throw new Error(JSON.stringify(result.mistakes));
const whole = timed(() => engine.simulate(text));
const json = timed(() => simulate.simulate(text));
console.log(`50 steps, ${result.trace.events.length} events, ${Math.round(simulate.simulate(text).length / 1024)} KB of trace`);
console.log(`  engine.simulate           ${whole.toFixed(2)} ms (budget ${budget} ms)`);
console.log(`  of that in WebAssembly    ${json.toFixed(2)} ms`);
for (const steps of [100, 200, 400]) {
  const more = JSON.stringify(scenario(steps));
  const time = timed(() => simulate.simulate(more));
  console.log(`  ${String(steps).padStart(3)} steps                 ${time.toFixed(2)} ms, ${((1000 * time) / steps).toFixed(1)} µs a step`);
}
process.exitCode = whole <= budget ? 0 : 1;
