/*
 * Wire text without an editor: the same lines, colours and squiggles, for the page as it arrives and without script.
 */
import { html, type TemplateResult } from "lit";
import { classMap } from "lit/directives/class-map.js";
import { INVISIBLE, nameOf } from "../../editor/invisible";
import type { Finding, Token } from "../../engine/model";

export interface WireModel {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly findings: readonly Finding[];
  readonly selected: string | null;
  readonly label: string;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

export function wireView({ text, tokens, findings, selected, label }: WireModel): TemplateResult {
  const stretches: Stretch[] = [
    ...tokens.map(({ from, to, kind }) => ({ from, to, name: `tok-${kind}` })),
    ...findings.map(({ from, to, severity, key }) => ({ from, to, name: `sq sq-${severity}${key === selected ? " sq-on" : ""}` })),
  ];
  const chosen = findings.find((finding) => finding.key === selected);
  let from = 0;
  const lines = text.split("\n").map((line, index) => {
    const start = from;
    from += line.length + 1;
    const shown = line.endsWith("\r") ? line.slice(0, -1) : line;
    const on = chosen?.line === index + 1;
    return html`<span class=${classMap({ l: true, on })}><i aria-hidden="true">${index + 1}</i><span>${pieces(shown, start, stretches)}</span></span>`;
  });
  return html`<pre class="wire" tabindex="0" role="group" aria-label=${label} translate="no" dir="ltr">${lines}</pre>`;
}

/** A line cut wherever a stretch begins or ends. */
function pieces(line: string, start: number, stretches: readonly Stretch[]): (TemplateResult | string)[] {
  const end = start + line.length;
  const here = stretches.filter((stretch) => stretch.from < end && stretch.to > start);
  const cuts = new Set([start, end]);
  for (const { from, to } of here) {
    cuts.add(Math.max(from, start));
    cuts.add(Math.min(to, end));
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  return sorted.slice(0, -1).flatMap((from, index) => {
    const to = sorted[index + 1] ?? end;
    const names = here.filter((stretch) => stretch.from <= from && stretch.to >= to).map((stretch) => stretch.name);
    const content = withGlyphs(line.slice(from - start, to - start));
    return names.length === 0 ? content : [html`<span class=${names.join(" ")}>${content}</span>`];
  });
}

function withGlyphs(text: string): (TemplateResult | string)[] {
  const parts: (TemplateResult | string)[] = [];
  let at = 0;
  for (const match of text.matchAll(INVISIBLE)) {
    parts.push(text.slice(at, match.index), html`<span class="ctl">${nameOf(match[0])}</span>`);
    at = match.index + match[0].length;
  }
  parts.push(text.slice(at));
  return parts.filter((part) => part !== "");
}
