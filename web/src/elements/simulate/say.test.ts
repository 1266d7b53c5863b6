import { expect, test } from "vitest";
import { loadDecisions } from "../../engine/catalog";
import { FAILS_WITH_NO, USUAL } from "./say";

test("decisions that are told before others, or after them, exist", async () => {
  expect(Object.keys(await loadDecisions("en"))).toEqual(expect.arrayContaining([...FAILS_WITH_NO, ...USUAL]));
});
