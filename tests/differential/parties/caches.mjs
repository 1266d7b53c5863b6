// nginx and Varnish with plain configurations, as caches in front of the origin. The client asks once and follows nothing.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request as send } from "node:http";
import { connect, createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";

import { paced } from "../pace.mjs";
import { cacheOutcome, simulatedCacheOutcome } from "../scenario.mjs";

const build = fileURLToPath(new URL("../../../build/differential/", import.meta.url));

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const answers = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });

/** Runs a server in the foreground until `stop`; ready once its port answers. */
async function serve(command, args, port) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
  const ended = new Promise((resolve) => child.once("exit", resolve).once("error", resolve));
  for (let tries = 0; !(await answers(port)); ++tries) {
    if (tries > 300 || child.exitCode !== null) throw new Error(`${command} does not start:\n${said}`);
    await sleep(100);
  }
  return { port, stop: () => (child.kill("SIGTERM"), ended) };
}

function folder(name) {
  rmSync(build + name, { recursive: true, force: true });
  mkdirSync(build + name, { recursive: true });
  return build + name;
}

function ask(port, { method, target, fields = [], content = "" }) {
  const url = new URL(target);
  return new Promise((resolve) => {
    const headers = ["Host", url.host, ...fields.flat(), ...(content ? ["Content-Length", Buffer.byteLength(content)] : [])];
    const request = send({ host: "127.0.0.1", port, method, path: url.pathname + url.search, headers, agent: false, timeout: 10_000 }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      const done = () => {
        const { age, "content-range": range } = response.headers;
        resolve(cacheOutcome({ status: response.statusCode, content: Buffer.concat(chunks).toString(), age: Number(age) >= 1, range }));
      };
      response.on("end", done).on("error", done);
    });
    request.on("error", () => resolve("error")).on("timeout", () => request.destroy());
    request.end(content);
  });
}

const cache = (name, version, start) => ({
  name,
  concurrency: 64,
  keeps: true,
  options: { paced: true },
  version,
  start,
  prepare: (scenario) => ({ shared_cache: {}, ...scenario, client: { ...scenario.client, profile: "by-the-book", redirect: "manual", cookies: false } }),
  simulatedOutcome: simulatedCacheOutcome,
  play: ({ server, ...rest }) => paced({ request: (step) => ask(server.port, step.request), ...rest }),
});

const versionOf = (command, option) => {
  const text = execFileSync("sh", ["-c", `${command} ${option} 2>&1`], { encoding: "utf8", env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` } });
  return /[\w]+[/-][\d.]+/.exec(text)[0];
};

export const nginx = cache("nginx", () => versionOf("nginx", "-v"), async (originPort) => {
  const home = folder("nginx");
  const port = await freePort();
  const template = readFileSync(new URL("../nginx.conf", import.meta.url), "utf8");
  writeFileSync(`${home}/nginx.conf`, template.replaceAll("PORT", port).replaceAll("ORIGIN", originPort));
  return serve("/usr/sbin/nginx", ["-p", home, "-c", `${home}/nginx.conf`, "-e", `${home}/error.log`], port);
});

// Varnish guesses freshness where the origin is silent, serves what is stale for ten seconds and forgets validators, unless it is
// told not to: parameters of its operator, not its reading of HTTP.
const parameters = ["default_ttl=0", "default_grace=0", "default_keep=60"].flatMap((parameter) => ["-p", parameter]);

export const varnish = cache("varnish", () => versionOf("varnishd", "-V"), async (originPort) => {
  const port = await freePort();
  const args = ["-F", "-n", folder("varnish"), "-a", `127.0.0.1:${port}`, "-b", `127.0.0.1:${originPort}`, "-s", "default,16m", "-j", "none", "-T", "none"];
  return serve("/usr/sbin/varnishd", [...args, ...parameters], port);
});
