/*
 * A play in forms that others read, saved as a file. HAR as HTTP Archive 1.2 says.
 */
import { messagesOf, type MessageStep, type Play } from "../../engine/play";
import { toBytes } from "../../engine/bytes";
import type { LensWords } from "../../state/words";
import { elapsed, partyName, stepText, type DecisionWords } from "./say";
import type { ExportKind } from "./view";

export interface ExportSource {
  readonly play: Play;
  readonly svg: SVGSVGElement | null;
  readonly scenario: string;
  readonly words: LensWords;
  readonly decisions: DecisionWords;
}

export async function saveAs(kind: ExportKind, source: ExportSource): Promise<void> {
  const { play, scenario } = source;
  switch (kind) {
    case "har":
      return save("simulation.har", "application/json", JSON.stringify(toHar(play), null, 2));
    case "json":
      return save("trace.json", "application/json", JSON.stringify(play, null, 2));
    case "scenario":
      return save("scenario.json", "application/json", scenario);
    case "markdown":
      return save("simulation.md", "text/markdown", toMarkdown(source));
    case "curl":
      return save("requests.sh", "text/x-shellscript", toCurl(play));
    case "svg":
      return save("simulation.svg", "image/svg+xml", pictureText(source.svg));
    case "png":
      return save("simulation.png", "image/png", await toPng(source.svg));
  }
}

function save(name: string, type: string, content: string | Blob): void {
  const url = URL.createObjectURL(typeof content === "string" ? new Blob([content], { type }) : content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

interface Read {
  readonly line: string;
  readonly fields: readonly (readonly [string, string])[];
  readonly content: string;
}

function read(text: string): Read {
  const at = text.search(/\r?\n\r?\n/);
  const head = at === -1 ? text : text.slice(0, at);
  const content = at === -1 ? "" : text.slice(at).replace(/^\r?\n\r?\n/, "");
  const [line = "", ...lines] = head.split(/\r?\n/);
  const fields = lines.flatMap((one): [string, string][] => {
    const colon = one.indexOf(":");
    return colon < 1 ? [] : [[one.slice(0, colon), one.slice(colon + 1).trim()]];
  });
  return { line, fields, content };
}

/** What went between the client and whoever is next to it. */
function pairs(play: Play): { request: MessageStep; response: MessageStep | undefined }[] {
  const all = messagesOf(play);
  return all.filter(({ side, from }) => side === "request" && from === "client")
    .map((request) => ({ request, response: all.find((other) => other.side === "response" && other.exchange === request.exchange && !other.interim) }));
}

const EPOCH = Date.UTC(2026, 0, 1);

export function toHar(play: Play): unknown {
  const named = (fields: Read["fields"]): unknown[] => fields.map(([name, value]) => ({ name, value }));
  const entries = pairs(play).map(({ request, response }) => {
    const asked = read(request.text);
    const host = asked.fields.find(([name]) => name.toLowerCase() === "host")?.[1] ?? "a.example";
    const answered = read(response?.text ?? "");
    const type = answered.fields.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
    const time = response === undefined ? 0 : response.arrives - request.at;
    return {
      startedDateTime: new Date(EPOCH + request.at).toISOString(), time,
      request: {
        method: request.method, url: new URL(request.target, `https://${host}`).href, httpVersion: "HTTP/1.1", cookies: [], headers: named(asked.fields), queryString: [], headersSize: -1, bodySize: toBytes(asked.content).length,
        ...(asked.content === "" ? {} : { postData: { mimeType: "", text: asked.content } }),
      },
      response: {
        status: response?.code ?? 0, statusText: response?.reason ?? "", httpVersion: "HTTP/1.1", cookies: [], headers: named(answered.fields), redirectURL: answered.fields.find(([name]) => name.toLowerCase() === "location")?.[1] ?? "",
        content: { size: toBytes(answered.content).length, mimeType: type, text: answered.content }, headersSize: -1, bodySize: toBytes(answered.content).length,
      },
      cache: {}, timings: { send: 0, wait: time, receive: 0 },
    };
  });
  return { log: { version: "1.2", creator: { name: "Statuslab", version: "1" }, entries } };
}

export function toCurl(play: Play): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  const commands = pairs(play).map(({ request }) => {
    const { fields, content } = read(request.text);
    const host = fields.find(([name]) => name.toLowerCase() === "host")?.[1] ?? "a.example";
    const own = fields.filter(([name]) => !["host", "content-length", "connection", "transfer-encoding"].includes(name.toLowerCase()));
    const method = request.method === "GET" ? "" : request.method === "HEAD" ? " --head" : ` --request ${quoted(request.method)}`;
    return `curl --include${method} ${quoted(new URL(request.target, `https://${host}`).href)}${own.map(([name, value]) => ` \\\n  --header ${quoted(`${name}: ${value}`)}`).join("")}${content === "" ? "" : ` \\\n  --data-binary ${quoted(content)}`}`;
  });
  return `${commands.join("\n")}\n`;
}

export function toMarkdown({ play, words, decisions }: Omit<ExportSource, "svg" | "scenario">): string {
  const steps = play.steps.map((step, index) => `${index + 1}. ${elapsed(step.at, words)} · ${stepText(step, play.clients, words, decisions)}`);
  const wires = messagesOf(play).map((step) => `### ${partyName(step.from, words)} → ${partyName(step.to, words)}, ${elapsed(step.at, words)}\n\n\`\`\`http\n${step.text.replaceAll("\r\n", "\n")}\n\`\`\``);
  return `${steps.join("\n")}\n\n${wires.join("\n\n")}\n`;
}

/** The picture with the colours that it has on the page: outside of it there is no style sheet. */
function styledCopy(svg: SVGSVGElement | null): SVGSVGElement {
  if (svg === null) throw new Error("no picture");
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [own, copied] = [svg, copy].map((root) => [root, ...root.querySelectorAll("*")]) as [Element[], Element[]];
  own.forEach((element, index) => {
    const style = getComputedStyle(element);
    for (const name of ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-family", "font-size", "font-weight", "text-anchor"]) copied[index]?.setAttribute(name, style.getPropertyValue(name));
    copied[index]?.removeAttribute("class");
  });
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of Object.entries({ width: "100%", height: "100%", fill: getComputedStyle(svg.closest(".stage") ?? svg).backgroundColor })) ground.setAttribute(name, value);
  copy.prepend(ground);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return copy;
}

function pictureText(svg: SVGSVGElement | null): string {
  return new XMLSerializer().serializeToString(styledCopy(svg));
}

async function toPng(svg: SVGSVGElement | null): Promise<Blob> {
  const scale = 2;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(pictureText(svg))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width * scale;
  canvas.height = image.height * scale;
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("no canvas");
  context.scale(scale, scale);
  context.drawImage(image, 0, 0);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob === null ? reject(new Error("no image")) : resolve(blob)), "image/png"));
}
