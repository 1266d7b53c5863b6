// The process of fetch.mjs. Every name leads to the origin on loopback.
import net from "node:net";

const port = Number(process.argv[2]);
const connect = net.connect;
net.connect = (options, ...rest) => connect({ ...options, host: "127.0.0.1", port }, ...rest);

async function outcome({ request, redirect, expects }) {
  let response;
  try {
    response = await fetch(request.target, {
      method: request.method,
      headers: [...(request.fields ?? []), ...(expects ? [["Expect", "100-continue"]] : [])],
      body: request.content || undefined,
      redirect,
      signal: AbortSignal.timeout(15_000),
    });
  } catch (error) {
    return { error: error.name === "TimeoutError" ? "waits" : "error" };
  }
  const { status, redirected, url } = response;  // without the fragment
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) bytes += chunk.length;
    return { status, redirected, url, bytes };
  } catch {
    return { status, redirected, url, bytes, partial: true };
  }
}

process.on("message", async (message) => process.send(await outcome(message)));
