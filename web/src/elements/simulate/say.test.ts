import { expect, test } from "vitest";
import { loadDecisions } from "../../engine/catalog";
import type { Change } from "../../engine/play";
import { loadLensWords } from "../../state/words";
import { FAILS_WITH_NO, noteText, USUAL } from "./say";

test("decisions that are told before others, or after them, exist", async () => {
  expect(Object.keys(await loadDecisions("en"))).toEqual(expect.arrayContaining([...FAILS_WITH_NO, ...USUAL]));
});

test("of a response that replaces another, the new one is told", async () => {
  const change: Change = { party: "cdn", what: "stored", op: "remove", key: "GET https://a.example/x", value: "", fresh: null, to: null };
  const changes = [change, { ...change, op: "add", fresh: { lifetime: 60_000, age: 0, invalidated: false } }] as const;
  const step = { kind: "note", at: 0, client: 0, party: "cdn", event: null, decisions: [], changes } as const;
  expect(noteText(step, await loadLensWords("en"), {})).toBe("stored, fresh for 1 min");
});
