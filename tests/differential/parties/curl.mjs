// curl: one process for the steps of one client that follow each other, so that its connections and cookies stay.
import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { clientOutcome, moments, simulatedClientOutcome } from "../scenario.mjs";

const named = (request, name) => request.fields?.some(([known]) => known.toLowerCase() === name);

function authorization({ user, password, token, basic = true, digest = true, preemptive = false }) {
  if (token) return ["--oauth2-bearer", token];
  const scheme = preemptive ? "--basic" : basic && digest ? "--anyauth" : basic ? "--basic" : "--digest";
  return ["--user", `${user}:${password}`, scheme];
}

// As a person would write it: -d sends POST, -T sends PUT, -I sends HEAD; -X for all others.
function options({ request, client, port, folder }) {
  const content = request.content ?? "";
  const jar = join(folder, "jar");
  // Between tries curl cuts its output off, which is more than /dev/null allows.
  const list = ["--silent", "--globoff", "--path-as-is", "--http1.1", "--max-time", "15", "--connect-to", `::127.0.0.1:${port}`];
  list.push("--output", join(folder, "content"), "--write-out", "%{json}\\n", "--cookie", jar, "--cookie-jar", jar);
  if ((client.redirect ?? "follow") === "follow") list.push("--location");
  if (request.method === "HEAD") list.push("--head");
  else if (request.method === "PUT" && content) list.push("--upload-file", upload(folder, content));
  else if (request.method !== (content ? "POST" : "GET")) list.push("--request", request.method);
  if (request.method !== "PUT" && content) list.push("--data-binary", content);
  if (!named(request, "content-type")) list.push("--header", "Content-Type:");
  for (const [name, value] of request.fields ?? []) list.push("--header", value === "" ? `${name};` : `${name}: ${value}`);
  if (client.expect_continue) list.push("--header", "Expect: 100-continue");
  // -T asks for 100 (Continue) whatever the size; the profile tells of sizes.
  else if (request.method === "PUT" && !named(request, "expect")) list.push("--header", "Expect:");
  if (client.account) list.push(...authorization(client.account));
  if (client.retries) list.push("--retry", String(client.retries));
  if (client.retry_delay_ms) list.push("--retry-delay", String(client.retry_delay_ms / 1000));
  return [...list, request.target];
}

function outcome({ exitcode, http_code, size_download, url_effective }, target) {
  // 18: fewer bytes than announced; 56: no more of them, or nothing that could be read.
  const partial = exitcode === 18 || (exitcode === 56 && http_code !== 0);
  if (exitcode === 28) return clientOutcome({ error: "waits" });
  if (exitcode !== 0 && !partial) return clientOutcome({ error: "error" });
  return clientOutcome({ status: http_code, partial, bytes: size_download, redirected: url_effective !== target, url: url_effective });
}

function upload(folder, content) {
  const file = join(folder, `upload-${content.length}`);
  writeFileSync(file, content);
  return file;
}

const run = (args) =>
  new Promise((resolve) => {
    execFile("curl", args, { maxBuffer: 1e8 }, (_error, stdout) => resolve(stdout.trim().split("\n").map((line) => JSON.parse(line))));
  });

export const curl = {
  name: "curl",
  concurrency: 6,
  options: { connections: true },
  version: () => execFileSync("curl", ["--version"], { encoding: "utf8" }).split(" ").slice(0, 2).join(" "),
  prepare: (scenario) => ({ ...scenario, client: { ...scenario.client, profile: "curl", mode: "plain" } }),
  simulatedOutcome: simulatedClientOutcome,
  async play({ scenario, port, outcomes }) {
    const folder = mkdtempSync(join(tmpdir(), "statuslab-curl-"));
    const [{ steps }] = moments(scenario, false);
    try {
      for (let at = 0; at < steps.length; ) {
        const other = steps.findIndex((step, i) => i > at && step.client !== steps[at].client);
        const part = steps.slice(at, other < 0 ? undefined : other);
        const args = part.flatMap(({ request }, i) => [...(i > 0 ? ["--next"] : []), ...options({ request, client: scenario.client, port, folder })]);
        const results = await run(args);
        part.forEach((step, i) => outcomes.set(step.index, outcome(results[i], step.request.target)));
        at += part.length;
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};
