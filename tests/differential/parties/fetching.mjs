// The process of fetch.mjs. Every name leads to the origin on loopback.
import net from "node:net";

const port = Number(process.argv[2]);
const connect = net.connect;
net.connect = (options, ...rest) => connect({ ...options, host: "127.0.0.1", port }, ...rest);

async function outcome({ request, redirect }) {
  let response;
  try {
    response = await fetch(request.target, {
      method: request.method,
      headers: request.fields,
      body: request.content ? Buffer.from(request.content) : undefined,
      redirect,
      signal: AbortSignal.timeout(15_000),
    });
  } catch (error) {
    return { error: error.name === "TimeoutError" ? "waits" : "error" };
  }
  const { status, redirected, url } = response;
  try {
    return { status, redirected, url, bytes: (await response.arrayBuffer()).byteLength };
  } catch {
    return { status, redirected, url, partial: true };
  }
}

process.on("message", async (message) => process.send(await outcome(message)));
