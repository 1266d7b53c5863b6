import { describe, expect, test } from "vitest";
import { toPlay } from "../engine/trace";
import { FEED_TWICE } from "../engine/trace.fixture";
import { keptAt, storedBy } from "./kept";
import { initial, messageAt, reduce, stepOf, type Action, type State } from "./simulate";
import { duration, nearest, positions } from "./timeline";

const play = toPlay(FEED_TWICE);
const LAST = play.steps.length - 1;
const exchange = { request: "", response: "", scheme: "https", scenario: "{}" } as const;
const start = initial(exchange, { kind: "own" }, play, 0);
const after = (state: State, ...actions: readonly Action[]): State => actions.reduce(reduce, state);

describe("stepping", () => {
  test("stays between the first and the last step", () => {
    expect(after(start, { kind: "stepped", to: -3 }).step).toBe(0);
    expect(after(start, { kind: "stepped", to: 99 }).step).toBe(LAST);
    expect(after(start, { kind: "stepped", to: 3 }).step).toBe(3);
  });

  test("by hand ends playing; playing at the end begins again", () => {
    const playing = after(start, { kind: "play", playing: true });
    expect(playing.playing).toBe(true);
    expect(after(playing, { kind: "stepped", to: 2 }).playing).toBe(false);
    expect(after(start, { kind: "stepped", to: LAST }, { kind: "play", playing: true })).toMatchObject({ playing: true, step: 0 });
  });

  test("a note belongs to the message that comes of it; the last one to the message before", () => {
    expect(messageAt(play.steps, 1)).toBe(2);
    expect(messageAt(play.steps, 2)).toBe(2);
    expect(messageAt([...play.steps, ...play.steps.slice(1, 2)], LAST + 1)).toBe(LAST);
    expect(messageAt([], 0)).toBe(-1);
  });
});

describe("scenarios", () => {
  test("a change makes a new revision, and request and response are forgotten until it has been played", () => {
    const edited = after(start, { kind: "edited", scenario: '{"a":1}' });
    expect(edited).toMatchObject({ revision: 1, source: { kind: "own" }, exchange: { request: "", response: "", scenario: '{"a":1}' } });
    expect(after(start, { kind: "edited", scenario: "{}" })).toBe(start);
  });

  test("what comes of an older scenario is not taken for this one", () => {
    const edited = after(start, { kind: "edited", scenario: "x" });
    expect(after(edited, { kind: "ran", run: { kind: "failed" }, revision: 0, exchange: edited.exchange })).toBe(edited);
  });

  test("one that is opened shows the response that decides it, one from a link the step of the link", () => {
    const opened = after(start, { kind: "opened", exchange, source: { kind: "own" }, step: null });
    expect(after(opened, { kind: "ran", run: { kind: "played", play }, revision: 1, exchange }).step).toBe(play.steps.findIndex((step) => step.kind === "message" && step.code === 304));
    const linked = after(start, { kind: "opened", exchange, source: { kind: "own" }, step: 4 });
    expect(stepOf(after(linked, { kind: "ran", run: { kind: "played", play }, revision: 1, exchange }))).toBe(play.steps[4]);
  });
});

describe("the line of virtual time", () => {
  test("rises, ends at its length, and gives a long pause more room than none", () => {
    const places = positions(play.steps.map(({ at }) => at), 1000);
    expect(places[0]).toBe(0);
    expect(places.at(-1)).toBeCloseTo(1000);
    const gaps = places.slice(1).map((place, index) => place - (places[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(0);
    expect(gaps.indexOf(Math.max(...gaps))).toBe(play.steps.findIndex(({ at }) => at === 2310) - 1);
    expect(positions([], 1000)).toEqual([]);
    expect(positions([5], 1000)).toEqual([0]);
  });

  test("a place leads to the nearest step", () => {
    expect(nearest([0, 10, 100], 54)).toBe(1);
    expect(nearest([0, 10, 100], 56)).toBe(2);
    expect(nearest([], 5)).toBe(0);
  });

  test.each([[0, "0.00 s"], [115, "0.12 s"], [59_990, "59.99 s"], [125_000, "2 min 5 s"], [7_200_000, "2 h"], [273_600_000, "3 d 4 h"]])("%d ms is %s", (ms, text) => {
    expect(duration(ms, { d: "d", h: "h", min: "min", s: "s" })).toBe(text);
  });
});

test("what is kept is what the changes up to a step leave behind", () => {
  expect(storedBy(keptAt(play.steps, 2), "private-cache")).toBe(0);
  const kept = keptAt(play.steps, LAST);
  expect(storedBy(kept, "private-cache")).toBe(1);
  expect(kept.find(({ what }) => what === "stored")).toMatchObject({ op: "update", since: 0, now: false });
  expect(keptAt(play.steps, 5).find(({ what }) => what === "stored")?.now).toBe(true);
});
