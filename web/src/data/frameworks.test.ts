import { expect, test } from "vitest";
import { behaviours, cases, faultsOf, constants, frameworks, matrix, namedRuns, onServers, runs, runsOf, versionsOf } from "./frameworks";
import { loadCatalog } from "../engine/catalog";
import { LANGUAGES } from "./language";
import { places, proofCounts } from "./proof";
import { rules } from "./rules";
import { wordsOf } from "./words";
import { loadLensWords } from "../state/words";

test("every framework was run, every run belongs to one", () => {
  expect(new Set(runs.map(({ framework }) => framework))).toEqual(new Set(frameworks.map(({ id }) => id)));
  for (const { measured } of runs) expect(measured).toMatch(/^\d{4}-\d\d-\d\d$/);
});

test("runs in few words: servers only where not all of them are meant", () => {
  const [one, ...others] = runsOf("django");
  if (one === undefined) throw new Error("Django was not run");
  expect(others.length).toBeGreaterThan(1);
  expect(namedRuns([one])).toEqual([{ framework: "django", name: `Django ${one.version}`, servers: [one.server] }]);
  expect(namedRuns([one, ...others]).map(({ servers }) => servers)).toEqual([[]]);
  expect(onServers("Django 5", ["a", "b"], wordsOf("en"))).toBe("Django 5 on a, b");
  expect(versionsOf([one], wordsOf("zh-CN"))).toBe(`Django ${one.version}（${one.server} ${one.serverVersion}）`);
});

test("every cell of the matrix is counted once, in every run", () => {
  for (const { run, proven, cannot, failed } of matrix.runs) {
    expect([run.id, proven + cannot + failed + proofCounts.senseless]).toEqual([run.id, matrix.rows.length * matrix.columns.length]);
  }
  const told = matrix.reasons.flatMap(({ state, cells }) => cells.map(() => state));
  expect(told.filter((state) => state === "cannot").length).toBe(matrix.runs.reduce((sum, { cannot }) => sum + cannot, 0));
  expect(told.filter((state) => state === "not-applicable").length).toBe(proofCounts.senseless);
});

test("places: runs with the same cells stand together", () => {
  const cell = (run: string, code: string) => ({ run, code, column: "text" });
  expect(places([cell("a", "204"), cell("b", "204"), cell("c", "205")])).toEqual([
    { runs: ["a", "b"], codes: ["204"], columns: ["text"] },
    { runs: ["c"], codes: ["205"], columns: ["text"] },
  ]);
});

test("forms and cases have their words", async () => {
  for (const language of LANGUAGES) {
    const lens = await loadLensWords(language);
    for (const column of matrix.columns) expect([column, lens.known(`snip.kind.${column}`)]).not.toEqual([column, null]);
    for (const { words, id } of cases) expect([id, words[language]]).not.toEqual([id, ""]);
  }
});

test("a constant belongs to a framework or one of its versions", () => {
  const known = frameworks.flatMap(({ id, targets }) => [id, ...targets]);
  for (const { of } of constants) for (const one of of) expect(known).toContain(one);
});

test("what the validator finds in the bytes belongs to rules that exist", async () => {
  const all = await behaviours();
  const ids = new Set(rules.map(({ id }) => id));
  expect(all.flatMap(({ findings }) => findings.map(({ rule }) => rule)).filter((rule) => !ids.has(rule))).toEqual([]);
  const seen = (run: string) => all.find((one) => one.run === run && one.case === "204-text");
  expect(seen("django-runserver")?.findings.map(({ rule }) => rule)).toContain("content-in-204");
  expect(seen("django-runserver")?.severity).toBe("error");
  const fault = all.find((one) => one.run === "django-runserver" && one.case === "204-text");
  expect(fault && faultsOf(fault, await loadCatalog("en"))).toContain("204 is followed by 5 bytes that are not part of it");
  expect(seen("express-5")).toMatchObject({ findings: [], severity: "fine", status: "204", rest: 0 });
});
