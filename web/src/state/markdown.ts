/*
 * An exchange and its verdict as Markdown, for issues and chats.
 */
import { shortCite, type Described } from "../engine/catalog";
import type { Exchange, Finding, Severity } from "../engine/model";

export interface MarkdownWords {
  readonly request: string;
  readonly response: string;
  readonly severities: Readonly<Record<Severity, string>>;
  readonly nothing: string;
  readonly open: string;
}

export interface MarkdownFinding {
  readonly finding: Finding;
  readonly described: Described;
}

export const SEVERITY_SHAPE: Readonly<Record<Severity, string>> = { error: "●", warning: "▲", info: "◆", hint: "○", fine: "✓" };

export function toMarkdown(exchange: Exchange, findings: readonly MarkdownFinding[], link: string | null, words: MarkdownWords): string {
  const parts: string[] = [];
  if (exchange.request !== "") parts.push(block(words.request, exchange.request));
  if (exchange.response !== "") parts.push(block(words.response, exchange.response));
  parts.push(findings.length === 0 ? `✓ ${words.nothing}` : findings.map((item) => bullet(item, words)).join("\n"));
  if (link !== null) parts.push(`[${words.open}](${link})`);
  return `${parts.join("\n\n")}\n`;
}

function block(title: string, text: string): string {
  const shown = text.replaceAll("\r\n", "\n");
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map((match) => match[0].length));
  const fence = "`".repeat(longest + 1);
  return `**${title}**\n\n${fence}http\n${shown}${shown.endsWith("\n") ? "" : "\n"}${fence}`;
}

function bullet({ finding, described }: MarkdownFinding, words: MarkdownWords): string {
  const severity = `${SEVERITY_SHAPE[finding.severity]} ${words.severities[finding.severity]}`;
  const cite = described.citeUrl === "" ? "" : ` ([${shortCite(described.cite)}](${described.citeUrl}))`;
  return `- ${severity}: **${escape(described.message)}** ${escape(described.summary)}${cite} \`${finding.rule}\``;
}

function escape(text: string): string {
  return text.replace(/[\\`*_[\]<>]/g, "\\$&").replace(/[\r\n]+/g, " ");
}
