/** A trace as Markdown: a table of what happened, then the messages and the reasons. */
import { decisionsBehind, isMessage, isResponse, startLine } from "./trace-parts.js";
import type { DecisionCatalog, Trace, TraceDecision } from "./trace-types.js";
import { outcomeText } from "./trace-text.js";
import { duration, type TraceWords } from "./trace-words.js";
import { visible } from "./visible.js";

export interface TraceMarkdownOptions {
  decisions: DecisionCatalog;
  words: TraceWords;
}

export function traceMarkdown(trace: Trace, { decisions, words }: TraceMarkdownOptions): string {
  const messages = trace.events.filter(isMessage);
  const rows = messages.map((message) =>
    `| ${duration(message.at, words.language)} | ${words.actors[message.actor]} → ${words.actors[message.to]} | ${code(startLine(message))} |`);
  const made = messages.filter(isResponse).filter(({ decision }) => decision !== null);
  return [
    `| ${words.headings.time} | | ${words.headings.what} |`, "|---|---|---|", ...rows, "",
    ...trace.outcomes.map((outcome) => `- ${duration(outcome.at, words.language)}: ${escaped(outcomeText(outcome, trace, words))}`), "",
    `## ${words.headings.why}`, "",
    ...made.flatMap((response) => [
      `### ${words.actors[response.actor]}: ${escaped(visible(startLine(response)))}`, "",
      ...decisionsBehind(trace, response).map((decision) => `- ${reason(decision, decisions, words)}`), "",
    ]),
    `## ${words.headings.messages}`, "",
    ...messages.flatMap((message) => {
      const fence = "`".repeat(Math.max(3, 1 + longestRun(message.wire)));
      return [`${duration(message.at, words.language)}, ${words.actors[message.actor]} → ${words.actors[message.to]}:`, "", `${fence}http`, visibleLines(message.wire), fence, ""];
    }),
  ].join("\n");
}

function reason(decision: TraceDecision, catalog: DecisionCatalog, words: TraceWords): string {
  const said = catalog[decision.id];
  const answer = decision.answer ? `**${words.yes}**: ${said?.yes ?? ""}` : `**${words.no}**: ${said?.no ?? ""}`;
  const cites = said?.cite.map(({ cite, url }) => `[${cite}](${url})`) ?? decision.cite;
  const others = decision.alternatives.map(({ policy, gives }) => (gives === null ? policy : `${policy} (${gives})`));
  return [`${said?.question ?? decision.id} ${answer} (${cites.join(", ")}, ${words.requirements[decision.requirement]}`, ...(others.length === 0 ? [] : [`; ${words.alternatives}: ${others.join(", ")}`]), ")"].join("");
}

function visibleLines(text: string): string {
  return text.replace(/(?:\r?\n)+$/, "").split(/\r?\n/).map(visible).join("\n");
}

function code(text: string): string {
  const shown = visible(text).replaceAll("|", "\\|");
  const fence = "`".repeat(1 + longestRun(shown));
  return fence.length > 1 ? `${fence} ${shown} ${fence}` : `\`${shown}\``;
}

function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>&|#]/g, "\\$&");
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}
