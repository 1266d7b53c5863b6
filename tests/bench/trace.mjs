// Scenarios of 50 steps, played with their full traces through the npm package: client, shared cache and origin, whose budget is
// that of README.md, and all five parties; then more steps, whose time has to grow in proportion.
import { load } from "../../wasm/dist/index.js";
import { loadParts } from "../../wasm/dist/load.js";

const budget = 5;
const rounds = 40;

/** What stories are made of: fresh, stale and validated answers, writes, redirects, and things that are not there. */
function scenario(steps, parties = {}) {
  const requests = [
    { target: "https://a.example/x" }, { target: "https://a.example/x" }, { target: "https://a.example/old" },
    { method: "PUT", target: "https://a.example/x", content: "new" }, { target: "https://a.example/nothing", fields: [["Accept", "text/html"]] },
  ];
  return {
    client: { request: { target: "https://a.example/x" } },
    shared_cache: { kind: "cdn" },
    ...parties,
    origin: {
      resources: [
        { path: "/x", cache: { fields: [["Cache-Control", "max-age=2, s-maxage=5"]] } },
        { path: "/old", history: { moved: { status: 302, to: "/x" } } },
      ],
    },
    steps: Array.from({ length: steps }, (_, at) => ({ at_s: at, request: requests[at % requests.length] })),
  };
}

function timed(call) {
  const times = [];
  for (let round = 0; round < rounds; ++round) {
    const begin = performance.now();
    call();
    times.push(performance.now() - begin);
  }
  times.sort((a, b) => a - b);
  return { median: times[times.length >> 1], least: times[0] };
}

/** The least is what is left of it where other work runs on the machine. */
const shown = ({ median, least }) => `${median.toFixed(2)} ms, at least ${least.toFixed(2)} ms`;

const { simulate } = await loadParts({ parts: ["simulate"] });
const engine = await load({ parts: ["simulate"] });
const all = { client: { request: { target: "https://a.example/x" }, private_cache: {} }, proxy: {} };

// The compiler that makes fast code works beside the first calls.
const warm = performance.now() + 2000;
while (performance.now() < warm) simulate.simulate(JSON.stringify(scenario(50, all)));

let failed = false;
for (const [name, parties] of Object.entries({ "client, shared cache, origin": {}, "and private cache, proxy": all })) {
  const text = JSON.stringify(scenario(50, parties));
  const result = engine.simulate(text);
  if (!result.ok) throw new Error(JSON.stringify(result.mistakes));
  const whole = timed(() => engine.simulate(text));
  const inside = timed(() => simulate.simulate(text));
  const size = Math.round(simulate.simulate(text).length / 1024);
  console.log(`50 steps, ${name}: ${result.trace.events.length} events, ${size} KB of trace`);
  console.log(`  in WebAssembly            ${shown(inside)}${parties === all ? "" : ` (budget ${budget} ms)`}`);
  console.log(`  and JSON.parse            ${shown(whole)}`);
  failed ||= parties !== all && inside.median > budget;
}
for (const steps of [100, 200, 400]) {
  const more = JSON.stringify(scenario(steps));
  const time = timed(() => simulate.simulate(more));
  console.log(`  ${String(steps).padStart(3)} steps                 ${shown(time)}, ${((1000 * time.median) / steps).toFixed(1)} µs a step`);
}
process.exitCode = failed ? 1 : 0;
