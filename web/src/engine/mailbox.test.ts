import { expect, test } from "vitest";
import { leave, newMailbox, pickUp } from "./mailbox";
import type { Answer } from "./protocol";

const answer = (reason: string): Answer => ({
  kind: "check",
  verdict: { findings: [], tokens: { request: [], response: [] }, request: null, statuses: [{ code: 204, reason }], checks: 1, ms: 0.5 },
});

test("an answer is picked up by its number, with any text in it", () => {
  const mailbox = new SharedArrayBuffer(4096);
  expect(pickUp(mailbox, 1)).toBeNull();
  leave(mailbox, 1, answer("é💀\udcff\0"));
  expect(pickUp(mailbox, 2)).toBeNull();
  expect(pickUp(mailbox, 1)).toEqual(answer("é💀\udcff\0"));
});

test("a newer answer takes the place of an older one", () => {
  const mailbox = new SharedArrayBuffer(4096);
  leave(mailbox, 1, answer("a long reason that is overwritten"));
  leave(mailbox, 2, answer("b"));
  expect(pickUp(mailbox, 1)).toBeNull();
  expect(pickUp(mailbox, 2)).toEqual(answer("b"));
});

test("what does not fit is left to the message", () => {
  const mailbox = new SharedArrayBuffer(256);
  leave(mailbox, 1, answer("x".repeat(500)));
  expect(pickUp(mailbox, 1)).toBeNull();
});

test("without isolation there is none", () => {
  expect(newMailbox()).toBeNull();
});
