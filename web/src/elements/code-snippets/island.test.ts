import { expect, test } from "vitest";
import { inOrder } from "./island";

test("what the code is for comes first, the rest stays in order", () => {
  expect(inOrder(["none", "text", "redirect", "head"])).toEqual(["redirect", "none", "text", "head"]);
  expect(inOrder(["none", "text", "json", "preflight"])).toEqual(["json", "none", "text", "preflight"]);
  expect(inOrder(["none", "preflight"])).toEqual(["none", "preflight"]);
  expect(inOrder([])).toEqual([]);
});
