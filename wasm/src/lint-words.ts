import { refuse } from "./errors.js";
import type { Edit, FieldLine, Finding, Fix, Framing, LintResult, Message, MessageBase, Severity, Side, Span } from "./types.js";

/** How the engine answers to `lint`: see core/include/statuslab/lint_words.h. Cheap to make, and to post between threads. */
export interface LintWords {
  words: Uint32Array;
  text: string;
}

// In the order of the engine's enumerators.
const severities: readonly Severity[] = ["error", "warning", "info", "hint", "fine"];
const sides: readonly Side[] = ["request", "response"];
const formats: readonly MessageBase["format"][] = ["http1", "curl"];
const framings: readonly Framing[] = ["none", "content-length", "chunked", "close", "tunnel", "unknown", "shown"];

export function lintResult({ words, text }: LintWords): LintResult {
  let at = 0;
  let textAt = 0;
  const word = (): number => words[at++] ?? refuse("lint");
  const one = <T>(names: readonly T[]): T => names[word()] ?? refuse("lint");
  const span = (): Span => [word(), word()];
  const string = (): string => text.slice(textAt, (textAt += word()));

  function list<T>(item: () => T): T[] {
    const items: T[] = [];
    for (let left = word(); left > 0; --left) items.push(item());
    return items;
  }

  function args(): Record<string, string> {
    const values: Record<string, string> = {};
    for (let left = word(); left > 0; --left) {
      const name = string();
      values[name] = string();
    }
    return values;
  }

  const edit = (): Edit => ({ begin: word(), end: word(), text: string() });
  const fix = (): Fix => ({ label: word(), safe: word() === 1, edits: list(edit) });
  const field = (): FieldLine => ({ name: span(), value: span() });
  const finding = (): Finding => ({
    rule: string(), severity: one(severities), on: one(sides), index: word(), begin: word(), end: word(), args: args(), fixes: list(fix),
  });

  function message(): Message {
    const kind = one(sides);
    const format = one(formats);
    const [begin, end] = span();
    const version = string();
    if (kind === "request") {
      return {
        kind, format, begin, end, version, method: string(), methodSpan: span(), target: string(), targetSpan: span(),
        fields: list(field), trailers: list(field), content: span(), excess: span(), framing: one(framings),
      };
    }
    return {
      kind, format, begin, end, version, status: word(), statusSpan: span(), reason: string(), reasonSpan: span(),
      fields: list(field), trailers: list(field), content: span(), excess: span(), framing: one(framings),
    };
  }

  const checks = word();
  const result = { findings: list(finding), request: list(message), response: list(message), checks };
  return at === words.length && textAt === text.length ? result : refuse("lint");
}
