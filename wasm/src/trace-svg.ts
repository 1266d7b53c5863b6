/** A trace as a picture: one lane a party, time downward. The text is text; colours follow the reader's scheme. */
import { isMessage, lanes, startLine } from "./trace-parts.js";
import type { Actor, Trace, TraceMessage } from "./trace-types.js";
import { outcomeText } from "./trace-text.js";
import { duration, type TraceWords } from "./trace-words.js";
import { displayWidth, visible } from "./visible.js";

export interface TraceSvgOptions {
  words: TraceWords;
}

const margin = 72;
const lane = 220;
const head = 40;
const line = 34;
/** Of the font, in its columns. */
const column = 6.6;

const style = `text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:#1b1f24}.actor{font-weight:600;text-anchor:middle}.time{fill:#57606a;text-anchor:end}.lane{stroke:#d0d7de;stroke-dasharray:3 3}.request{stroke:#0550ae}.response{stroke:#1a7f37}.error{stroke:#cf222e}.interim{stroke:#6e7781;stroke-dasharray:5 3}.label{text-anchor:middle}.outcome{font-weight:600}path{fill:none;stroke-width:1.5}@media(prefers-color-scheme:dark){text{fill:#e6edf3}.time{fill:#9198a1}.lane{stroke:#3d444d}.request{stroke:#79c0ff}.response{stroke:#56d364}.error{stroke:#ff7b72}}`;

export function traceSvg(trace: Trace, { words }: TraceSvgOptions): string {
  const actors = lanes(trace);
  const x = (actor: Actor): number => margin + lane / 2 + Math.max(0, actors.indexOf(actor)) * lane;
  const rows: (TraceMessage | Trace["outcomes"][number])[] = [...trace.events.filter(isMessage), ...trace.outcomes].sort((a, b) => a.at - b.at || order(a) - order(b));
  const width = margin + actors.length * lane + 16;
  const height = head + rows.length * line + 24;
  const title = words.picture(actors.map((actor) => words.actors[actor]).join(words.language === "en" ? ", " : "、"));
  const drawn = rows.map((row, at) => {
    const y = head + (at + 1) * line;
    const time = `<text class="time" x="${margin - 8}" y="${y + 4}">${escaped(duration(row.at, words.language))}</text>`;
    return time + ("wire" in row ? arrow(row, x(row.actor), x(row.to), y, Math.floor((Math.abs(x(row.to) - x(row.actor)) - 16) / column)) : `<text class="outcome" x="${x("client") - 40}" y="${y + 4}">${escaped(outcomeText(row, trace, words))}</text>`);
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">`,
    `<title>${escaped(title)}</title><style>${style}</style>`,
    ...actors.map((actor) => `<text class="actor" x="${x(actor)}" y="22">${escaped(words.actors[actor])}</text><path class="lane" d="M${x(actor)} ${head - 8}V${height - 12}"/>`),
    ...drawn,
    "</svg>",
    "",
  ].join("\n");
}

// What the client ends with stands behind the messages of the same instant.
function order(row: object): number {
  return "wire" in row ? 0 : 1;
}

function arrow(message: TraceMessage, from: number, to: number, y: number, room: number): string {
  const kind = message.side === "request" ? "request" : message.interim ? "interim" : message.status >= 400 || message.status === 0 ? "error" : "response";
  const tip = to > from ? -7 : 7;
  const text = shortened(visible(message.side === "request" && message.piece === "content" ? message.wire : startLine(message)), room);
  return `<path class="${kind}" d="M${from} ${y}H${to}M${to + tip} ${y - 4}L${to} ${y}L${to + tip} ${y + 4}"/><text class="label" x="${(from + to) / 2}" y="${y - 6}">${escaped(text)}</text>`;
}

function shortened(text: string, room: number): string {
  return displayWidth(text) <= room ? text : `${[...text].slice(0, Math.max(1, room - 1)).join("")}…`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[character] ?? character);
}
