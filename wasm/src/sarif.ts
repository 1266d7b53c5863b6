/** Findings as SARIF 2.1.0 (OASIS), the form that code hosts and editors take in. */
import { describe } from "./describe.js";
import { Lines } from "./positions.js";
import type { Source } from "./text-report.js";
import type { Catalog, Finding, LintResult, Severity, Side } from "./types.js";

const levels = { error: "error", warning: "warning", info: "note", hint: "note", fine: "none" } as const satisfies Record<Severity, string>;

export interface SarifOptions {
  catalog: Catalog;
  version: string;
}

/** A value for `JSON.stringify`. `Source.name` is a URI, absolute or relative. */
export function sarif(result: LintResult, sources: Partial<Record<Side, Source>>, { catalog, version }: SarifOptions): object {
  const sides = (["request", "response"] as const).filter((side) => sources[side] !== undefined);
  const artifacts = sides.map((side) => {
    const source = sources[side];
    return { uri: source?.name ?? "", lines: new Lines(source?.bytes ?? new Uint8Array()) };
  });
  const rules = [...new Set(result.findings.map(({ rule }) => rule))];
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "statuslab", semanticVersion: version, rules: rules.map((id) => ruleDescriptor(id, catalog)) } },
        language: catalog.language,
        columnKind: "utf16CodeUnits",
        artifacts: artifacts.map(({ uri, lines }) => ({ location: { uri }, length: lines.bytes.length })),
        results: result.findings.map((finding) => sarifResult(finding)),
      },
    ],
  };

  function sarifResult(finding: Finding): object {
    const index = sides.indexOf(finding.on);
    const artifact = artifacts[index];
    const artifactLocation = { uri: artifact?.uri ?? "", index };
    const { message, fixes } = describe(finding, catalog);
    return {
      ruleId: finding.rule,
      ruleIndex: rules.indexOf(finding.rule),
      level: levels[finding.severity],
      message: { text: message },
      locations: [{ physicalLocation: { artifactLocation, region: region(finding, artifact?.lines) } }],
      ...(finding.fixes.length > 0 && {
        fixes: finding.fixes.map(({ edits }, at) => ({
          description: { text: fixes[at] ?? "" },
          artifactChanges: [
            {
              artifactLocation,
              replacements: edits.map((edit) => ({
                deletedRegion: region(edit, artifact?.lines),
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
function region({ begin, end }: { begin: number; end: number }, lines: Lines | undefined): object {
  const bytes = { byteOffset: begin, byteLength: end - begin };
  if (lines === undefined) return bytes;
  const from = lines.position(begin);
  const to = lines.position(end);
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column, ...bytes };
}
