import { describe, expect, test } from "vitest";
import { checkAtBuild } from "../engine/check-at-build";
import type { Verdict } from "../engine/model";
import { DEFAULT_PRESET, findPreset, presets } from "./presets";

async function judge(id: string): Promise<Verdict> {
  const preset = findPreset(id);
  if (preset === null) throw new Error(`no example ${id}`);
  return checkAtBuild(preset.exchange);
}

test("there are at least sixteen, each with a title and a text in both languages", () => {
  expect(presets.length).toBeGreaterThanOrEqual(16);
  for (const { id, title, text } of presets) {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    for (const words of [title, text]) {
      expect(words.en, id).not.toBe("");
      expect(words["zh-CN"], id).toMatch(/[\u4e00-\u9fff]/);
    }
  }
});

test("the first one shown has an error and a safe fix", async () => {
  const { findings } = await judge(DEFAULT_PRESET);
  expect(findings.some(({ severity }) => severity === "error")).toBe(true);
  expect(findings.some(({ fixes }) => fixes.some(({ safe }) => safe))).toBe(true);
});

describe("each shows what it promises", () => {
  const inOrder = new Set(presets.filter(({ story }) => story === "fine").map(({ id }) => id));
  test.each(presets.map(({ id }) => id))("%s", async (id) => {
    const { findings } = await judge(id);
    if (inOrder.has(id)) expect(findings).toEqual([]);
    else expect(findings.length).toBeGreaterThan(0);
  });
});
