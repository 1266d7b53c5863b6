/*
 * One exchange through the engine: text in, verdict in UTF-16 offsets out.
 * Runs in the worker, and in Node when the page is built.
 */
import type * as Wire from "statuslab";
import { Offsets, toBytes } from "./bytes";
import {
  AS_IT_IS, SEVERITIES, statusClass,
  type Exchange, type Finding, type Fix, type RequestLine, type Settings, type Side, type StatusLine, type Token, type TokenKind, type Verdict,
} from "./model";

export type Linter = Pick<Wire.Engine, "lint">;

type Span = readonly [number, number];

/** What the engine takes for the texts of the page. An empty side is an absent side. */
export function given(exchange: Exchange): Wire.Exchange {
  return {
    request: exchange.request === "" ? null : toBytes(exchange.request),
    response: exchange.response === "" ? null : toBytes(exchange.response),
    scheme: exchange.scheme,
    ...(exchange.content === undefined ? {} : { content: exchange.content }),
  };
}

export function optionsOf({ levels, explain }: Settings, { now }: Exchange): Wire.LintOptions {
  return { explain, now: now === undefined ? null : new Date(now), ...(Object.keys(levels).length === 0 ? {} : { config: { rules: levels } }) };
}

export function check(engine: Linter, exchange: Exchange, now: () => number, settings = AS_IT_IS): Verdict {
  const began = now();
  const result = engine.lint(given(exchange), optionsOf(settings, exchange));
  const ms = now() - began;
  const offsets = { request: new Offsets(exchange.request), response: new Offsets(exchange.response) };
  const messages = [...result.request, ...result.response];
  return {
    findings: findingsOf(result.findings, exchange, offsets),
    tokens: {
      request: tokensOf(result.request, offsets.request),
      response: tokensOf(result.response, offsets.response),
    },
    request: requestLine(messages),
    statuses: statusLines(messages),
    checks: result.checks,
    ms,
  };
}

function findingsOf(findings: readonly Wire.Finding[], exchange: Exchange, offsets: Record<Side, Offsets>): Finding[] {
  const seen = new Map<string, number>();
  const lines = { request: lineStarts(exchange.request), response: lineStarts(exchange.response) };
  const rank = (finding: Finding): number => SEVERITIES.indexOf(finding.severity);
  return findings
    .map((finding): Finding => {
      const kind = `${finding.rule}/${finding.on}`;
      const nth = seen.get(kind) ?? 0;
      seen.set(kind, nth + 1);
      const map = offsets[finding.on];
      const from = map.toUtf16(finding.begin);
      return {
        key: `${kind}/${nth}`,
        rule: finding.rule,
        severity: finding.severity,
        on: finding.on,
        from,
        to: map.toUtf16(finding.end),
        line: lineAt(lines[finding.on], from),
        args: finding.args,
        fixes: finding.fixes.map((fix) => fixOf(fix, map)),
      };
    })
    .sort((a, b) => rank(a) - rank(b) || a.on.localeCompare(b.on) || a.from - b.from || a.to - b.to);
}

function fixOf(fix: Wire.Fix, map: Offsets): Fix {
  return {
    label: fix.label,
    safe: fix.safe,
    changes: fix.edits.map((edit) => ({ from: map.toUtf16(edit.begin), to: map.toUtf16(edit.end), insert: edit.text })),
  };
}

function tokensOf(messages: readonly Wire.Message[], map: Offsets): Token[] {
  const tokens: Token[] = [];
  const add = (kind: TokenKind, span: Span | undefined): void => {
    if (span === undefined) return;
    const from = map.toUtf16(span[0]);
    const to = map.toUtf16(span[1]);
    if (to > from) tokens.push({ kind, from, to });
  };
  for (const message of messages) {
    if (message.kind === "request") {
      add("method", message.methodSpan);
      add("target", message.targetSpan);
    } else {
      add(`status-${statusClass(message.status)}`, message.statusSpan);
      add("reason", message.reasonSpan);
    }
    for (const field of [...message.fields, ...message.trailers]) add("name", field.name);
    add("content", message.content);
    add("excess", message.excess);
  }
  return tokens.sort((a, b) => a.from - b.from || b.to - a.to);
}

function requestLine(messages: readonly Wire.Message[]): RequestLine | null {
  for (const message of messages) {
    if (message.kind === "request") return { method: message.method, target: message.target };
  }
  return null;
}

function statusLines(messages: readonly Wire.Message[]): StatusLine[] {
  return messages.flatMap((message) =>
    message.kind === "response" && message.status > 0 ? [{ code: message.status, reason: message.reason }] : []);
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
