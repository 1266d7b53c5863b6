/*
 * What "fix all safe" would do, before it does it.
 */
import { html, nothing, type TemplateResult } from "lit";
import { describeApplied, type Catalog } from "../../engine/catalog";
import type { FixPlan } from "../../engine/fix-all";
import { count, SIDES, type Side } from "../../engine/model";
import type { Words } from "../../state/words";
import { DialogElement } from "../dialog/dialog";
import { diffLines, type DiffLine } from "./diff";
import { INVISIBLE, nameOf } from "../../editor/invisible";

type Progress = { readonly kind: "working" } | { readonly kind: "planned"; readonly plan: FixPlan } | { readonly kind: "failed"; readonly reason: string };

export class StatuslabFixPreview extends DialogElement<FixPlan> {
  static override properties = { progress: { state: true } };

  declare progress: Progress;
  words: Words | null = null;
  catalog: Catalog | null = null;

  constructor() {
    super();
    this.progress = { kind: "working" };
  }

  async show(plan: Promise<FixPlan>): Promise<void> {
    try {
      this.progress = { kind: "planned", plan: await plan };
    } catch (error) {
      this.progress = { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
    }
    await this.updateComplete;
    this.querySelector<HTMLElement>(".btn.primary")?.focus();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { words } = this;
    if (words === null) return nothing;
    return html`<dialog class="dlg dlg-wide" aria-labelledby="preview-title" @click=${this.beside}><div class="dlg-body">
      ${this.head("preview-title", words.say("preview.title"), words.say("close"))}
      ${this.#content(words)}
    </div></dialog>`;
  }

  #content(words: Words): TemplateResult {
    const { progress } = this;
    switch (progress.kind) {
      case "working":
        return html`<p class="dlg-text" role="status">${words.say("preview.working")}</p>`;
      case "failed":
        return html`<p class="dlg-text" role="alert">${words.say("preview.failed", { reason: progress.reason })}</p>`;
      case "planned":
        return this.#planned(progress.plan, words);
    }
  }

  #planned(plan: FixPlan, words: Words): TemplateResult {
    const left = plan.remaining.findings.length === 0 ? words.say("preview.left.none")
      : words.say("preview.left", { counts: words.counts(count(plan.remaining.findings)) });
    const labels = new Map<string, number>();
    for (const applied of plan.applied) {
      const label = this.catalog === null ? applied.rule : describeApplied(applied, this.catalog);
      labels.set(label, (labels.get(label) ?? 0) + 1);
    }
    const apply = plan.applied.length === 1 ? words.say("preview.apply.one") : words.say("preview.apply", { n: plan.applied.length });
    return html`<p class="dlg-text">${words.say("preview.text")}</p>
      <ul class="applied" aria-label=${words.say("preview.fixes")}>${[...labels].map(([label, times]) => html`<li>${label}${times > 1 ? ` × ${times}` : nothing}</li>`)}</ul>
      ${SIDES.filter((side) => plan.before[side] !== plan.after[side]).map((side) => this.#side(side, plan, words))}
      <p class="dlg-text">${left}</p>
      <footer class="dlg-foot"><button type="button" class="btn" @click=${() => this.leave()}>${words.say("cancel")}</button><button type="button" class="btn primary" @click=${() => this.answer(plan)}>${apply}</button></footer>`;
  }

  #side(side: Side, plan: FixPlan, words: Words): TemplateResult {
    const lines = diffLines(plan.before[side], plan.after[side]);
    return html`<h3 class="story">${words.say(side)}</h3>
      <pre class="diff" tabindex="0" translate="no" dir="ltr">${lines.map((line) => diffLine(line, words))}</pre>`;
  }
}

function diffLine(line: DiffLine, words: Words): TemplateResult {
  const sign = { same: " ", removed: "−", added: "+" }[line.kind];
  const said = line.kind === "same" ? nothing : html`<span class="unseen">${words.say(`preview.${line.kind}`)}: </span>`;
  return html`<span class="diff-line diff-${line.kind}"><i aria-hidden="true">${sign}</i><span>${said}${visible(line)}</span></span>`;
}

/** Line ends are shown where a line changed: they may be all that did. */
function visible({ kind, text }: DiffLine): (TemplateResult | string)[] {
  const end = /\r?\n$/.exec(text)?.[0] ?? "";
  const parts: (TemplateResult | string)[] = [];
  const body = text.slice(0, text.length - end.length);
  let at = 0;
  for (const match of body.matchAll(INVISIBLE)) {
    parts.push(body.slice(at, match.index), html`<span class="ctl">${nameOf(match[0])}</span>`);
    at = match.index + match[0].length;
  }
  parts.push(body.slice(at));
  if (kind !== "same" && end !== "") parts.push(html`<span class="eol">${end === "\r\n" ? "CR LF" : "LF"}</span>`);
  return parts;
}
