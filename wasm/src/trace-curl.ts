/** Requests of a trace as curl commands for a POSIX shell. */
import { clientPairs, messageParts } from "./trace-parts.js";
import type { Trace, TraceRequest } from "./trace-types.js";

/** One command for each request of the client, in order. */
export function curlCommands(trace: Trace): string[] {
  return clientPairs(trace).map(({ request, requestWire }) => curlCommand(request, requestWire));
}

export function curlCommand(request: TraceRequest, wire: string = request.wire): string {
  const { fields, content } = messageParts({ wire });
  const own = fields.filter(([name]) => !["host", "content-length"].includes(name.toLowerCase()));
  const words = ["curl", "-i", ...method(request.method, content), ...own.flatMap(([name, value]) => ["-H", value === "" ? `${name};` : `${name}: ${value}`])];
  if (content !== "") words.push("--data-binary", content.startsWith("@") ? `\\${content}` : content);
  if (content !== "" && !own.some(([name]) => name.toLowerCase() === "content-type")) words.push("-H", "Content-Type:");
  return [...words, request.target].map(quoted).join(" ");
}

function method(name: string, content: string): string[] {
  if (name === "HEAD") return ["-I"];
  if (name === (content === "" ? "GET" : "POST")) return [];
  return ["-X", name];
}

/** POSIX.1-2017 section 2.2.2: nothing is special between single quotes but the quote. */
export function quoted(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
