/** Findings as workflow commands, which GitHub Actions turns into annotations of files. */
import { describe } from "./describe.js";
import { placed, Places } from "./places.js";
import type { Unit } from "./inputs.js";
import type { Catalog, LintResult, Severity } from "./types.js";

const commands: Record<Severity, string> = { error: "error", warning: "warning", info: "notice", hint: "notice", fine: "notice" };

export function githubReport(unit: Unit, result: LintResult, catalog: Catalog): string {
  const places = new Places(unit.sources);
  return result.findings
    .map((finding) => {
      const place = placed(finding, places);
      const properties = {
        file: place.file,
        ...(place.from && { line: place.from.line, endLine: place.to.line, col: place.from.column, endColumn: place.to.column }),
        title: finding.rule,
      };
      const { message, cite } = describe(finding, catalog);
      const about = unit.title === undefined ? "" : `${unit.name} ${unit.title}: `;
      const told = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
      return `::${commands[finding.severity]} ${told.join(",")}::${data(`${about}${message} (${cite})`)}\n`;
    })
    .join("");
}

// As actions/toolkit escapes them.
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
