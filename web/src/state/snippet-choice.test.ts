import { describe, expect, test } from "vitest";
import type { SnippetTarget } from "../engine/written";
import { choiceText, FIRST, frameworksOf, loadChoice, readChoice, saveChoice, targetOf, versionFor } from "./snippet-choice";
import type { Store } from "./storage";

const target = (id: string, framework: string, version: string): SnippetTarget => ({ id, framework, name: framework, version, language: "javascript", server: "", verified: true });
const TARGETS = [target("express-5", "express", "5.3.0"), target("express-4", "express", "4.22.3"), target("go", "go", "1.25")];

function memory(): Store {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value), removeItem: (key) => void kept.delete(key) };
}

test.each(["", "express-5", "express-5+complete", "express-5+vs+go", "spring-3.5+complete+vs+django"])("'%s' comes back", (text) => {
  expect(choiceText(readChoice(text))).toBe(text);
});

test("what is no choice is the first", () => {
  expect(readChoice("<b>+complete")).toEqual({ target: "", form: "complete", against: "" });
  expect(readChoice("go+vs+<b>")).toEqual({ target: "go", form: "handler", against: "" });
  expect(readChoice("go+vs")).toEqual({ target: "go", form: "handler", against: "" });
  expect(targetOf(FIRST, TARGETS)?.id).toBe("express-5");
  expect(targetOf({ ...FIRST, target: "cobol" }, TARGETS)?.id).toBe("express-5");
  expect(targetOf(FIRST, [])).toBeNull();
});

test("a framework is its newest version", () => {
  expect(targetOf({ ...FIRST, target: "express" }, TARGETS)?.id).toBe("express-5");
  expect(frameworksOf(TARGETS).map(({ framework, targets }) => [framework, targets.length])).toEqual([["express", 2], ["go", 1]]);
});

describe("in this browser", () => {
  test("the version of a framework is remembered, and what is there no more is not", () => {
    const store = memory();
    saveChoice(store, { target: "go", form: "complete", against: "express-5" }, { express: "express-4", go: "go-1" });
    const { choice, versions } = loadChoice(store);
    expect(choice).toEqual({ target: "go", form: "complete", against: "" });
    expect(versionFor("express", TARGETS, versions)?.id).toBe("express-4");
    expect(versionFor("go", TARGETS, versions)?.id).toBe("go");
  });

  test("blocked, broken or empty storage costs only the comfort", () => {
    expect(loadChoice(null).choice).toEqual(FIRST);
    const broken = memory();
    broken.setItem("statuslab:snippet:1", "{");
    expect(loadChoice(broken).choice).toEqual(FIRST);
  });
});
