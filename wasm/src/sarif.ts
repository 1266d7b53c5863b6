/** Findings as SARIF 2.1.0 (OASIS), the form that code hosts and editors take in. */
import { describe } from "./describe.js";
import { Places } from "./places.js";
import type { Source } from "./text-report.js";
import type { Catalog, Finding, LintResult, Severity, Side } from "./types.js";

const levels = { error: "error", warning: "warning", info: "note", hint: "note", fine: "none" } as const satisfies Record<Severity, string>;

export interface SarifOptions {
  catalog: Catalog;
  version: string;
}

/** The findings of one exchange, a value for `JSON.stringify`. */
export function sarif({ findings }: LintResult, sources: SarifItem["sources"], options: SarifOptions): object {
  const all = new Sarif(options);
  all.add({ sources, findings });
  return all.log();
}

export interface SarifItem {
  /** `Source.name` is a URI, absolute or relative. */
  sources: Partial<Record<Side, Source>>;
  findings: readonly Finding[];
  /** Of an exchange that is one of many in its file. */
  title?: string;
}

/** Collects findings; `log()` is a value for `JSON.stringify`. */
export class Sarif {
  readonly #options: SarifOptions;
  readonly #artifacts = new Map<string, { index: number; length?: number }>();
  readonly #rules = new Map<string, number>();
  readonly #results: object[] = [];

  constructor(options: SarifOptions) {
    this.#options = options;
  }

  add({ sources, findings, title }: SarifItem): void {
    const places = new Places(sources);
    for (const side of ["request", "response"] as const) {
      const source = sources[side];
      if (source) this.#artifact(source);
    }
    for (const finding of findings) this.#results.push(this.#result(finding, places, title));
  }

  log(): object {
    const { catalog, version } = this.#options;
    return {
      $schema: "https://json.schemastore.org/sarif-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: { driver: { name: "statuslab", semanticVersion: version, rules: [...this.#rules.keys()].map((id) => ruleDescriptor(id, catalog)) } },
          language: catalog.language,
          columnKind: "utf16CodeUnits",
          artifacts: [...this.#artifacts].map(([uri, { length }]) => ({ location: { uri }, ...(length !== undefined && { length }) })),
          results: this.#results,
        },
      ],
    };
  }

  #artifact({ name, bytes, before, within }: Source): { uri: string; index: number } {
    const uri = within?.name ?? name;
    const known = this.#artifacts.get(uri) ?? { index: this.#artifacts.size };
    if (!within) known.length = Math.max(known.length ?? 0, (before?.length ?? 0) + bytes.length);
    this.#artifacts.set(uri, known);
    return { uri, index: known.index };
  }

  #result(finding: Finding, places: Places, title: string | undefined): object {
    const source = places.source(finding.on);
    const { message, fixes } = describe(finding, this.#options.catalog);
    const artifactLocation = source === undefined ? {} : this.#artifact(source);
    const within = source?.within;
    const rule = this.#rules.get(finding.rule) ?? this.#rules.size;
    this.#rules.set(finding.rule, rule);
    const at = within ? { byteOffset: within.begin, byteLength: within.end - within.begin } : region(finding, finding.on, places);
    return {
      ruleId: finding.rule,
      ruleIndex: rule,
      level: levels[finding.severity],
      message: { text: title === undefined ? message : `${title}: ${message}` },
      locations: [
        { physicalLocation: { artifactLocation, region: at }, ...(within && { logicalLocations: [{ fullyQualifiedName: source.name }] }) },
      ],
      // The bytes of an exchange that was made from a part of a file are not those of the file.
      ...(finding.fixes.length > 0 &&
        !within && {
          fixes: finding.fixes.map(({ edits }, index) => ({
            description: { text: fixes[index] ?? "" },
            artifactChanges: [
              {
                artifactLocation,
                replacements: edits.map((edit) => ({
                  deletedRegion: region(edit, finding.on, places),
                  ...(edit.text !== "" && { insertedContent: { text: edit.text } }),
                })),
              },
            ],
          })),
        }),
    };
  }
}

function ruleDescriptor(id: string, catalog: Catalog): object {
  const rule = catalog.rules[id];
  if (rule === undefined) return { id };
  return {
    id,
    shortDescription: { text: rule.message },
    ...(rule.summary !== "" && { fullDescription: { text: rule.summary } }),
    help: { text: `${rule.cite}: "${rule.quote}"` },
    helpUri: rule.citeUrl,
    defaultConfiguration: { level: levels[rule.severity] },
    properties: { tags: [rule.family] },
  };
}

// Both as text and as bytes (SARIF 2.1.0 section 3.30): bytes that are not UTF-8 have no certain column.
function region({ begin, end }: { begin: number; end: number }, side: Side, places: Places): object {
  const from = places.position(side, begin);
  const to = places.position(side, end);
  const before = places.source(side)?.before?.length ?? 0;
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column, byteOffset: before + begin, byteLength: end - begin };
}
