import { describe, expect, test } from "vitest";
import status from "generated/status.json";
import { playAtBuild } from "../engine/play-at-build";
import { messagesOf } from "../engine/play";
import { writeScenario } from "../engine/scenario";
import { DEFAULT_SCENARIO, findScenario, scenarios } from "./scenarios";

test("every registered code and every reserved one has a scenario, beside the stories", () => {
  const codes = new Set(scenarios.map(({ code }) => String(code)));
  const wanted = status.filter(({ kind }) => kind === "registered" || kind === "reserved").map(({ code }) => code).filter((code) => /^\d{3}$/.test(code));
  expect(wanted.filter((code) => !codes.has(code))).toEqual([]);
  expect(scenarios.filter(({ code }) => code === null).length).toBeGreaterThanOrEqual(10);
  expect(findScenario(DEFAULT_SCENARIO)).not.toBeNull();
});

test("each has a title and a text in both languages", () => {
  for (const { id, title, text } of scenarios) {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    for (const words of [title, text]) {
      expect(words.en, id).not.toBe("");
      expect(words["zh-CN"], id).toMatch(/[\u4e00-\u9fff]/);
    }
  }
});

describe("each can be played, and comes to its code", () => {
  test.each(scenarios.map(({ id, code, scenario }) => [id, code, scenario] as const))("%s", async (id, code, scenario) => {
    const sent = messagesOf(await playAtBuild(writeScenario(scenario)));
    // 208 stands inside of a 207.
    const reached = code === null ? sent.length > 0 : sent.some((message) => message.code === code || message.text.includes(` ${code} `));
    expect(reached, id).toBe(true);
  });
});
