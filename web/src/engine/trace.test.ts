import { expect, test } from "vitest";
import { exchangeOf, messagesOf } from "./play";
import { gistOf, toPlay } from "./trace";
import { FEED_TWICE } from "./trace.fixture";

const play = toPlay(FEED_TWICE);

test("steps are what is seen: messages, and what a party settles without a pause", () => {
  expect(play.steps.map((step) => (step.kind === "message" ? `${step.from} > ${step.to} ${step.method}${step.code || ""}` : `${step.party}: ${step.decisions.map(({ id }) => id).join()}${step.changes.map(({ what }) => what).join()}`))).toEqual([
    "client > private-cache GET", "private-cache: cache-request-no-cacheconnection", "private-cache > origin GET", "origin: if-none-match", "origin > private-cache 200", "private-cache: stored", "private-cache > client 200",
    "client > private-cache GET", "private-cache > origin GET", "origin: if-none-match", "origin > private-cache 304", "private-cache: stored", "private-cache > client 200",
  ]);
});

test("what a party decided before it sent belongs to its message, and to no other", () => {
  const messages = messagesOf(play);
  expect(messages.map(({ decisions }) => decisions.length)).toEqual([0, 1, 1, 0, 0, 0, 1, 0]);
  expect(messages[6]?.decisions[0]).toMatchObject({ id: "if-none-match", answer: true, gives: 304, terminal: true, inputs: [{ name: "If-None-Match", value: '"v7"', present: true }, { name: "ETag", value: '"v7"', present: true }] });
});

test("an input that is absent is told as absent", () => {
  expect(messagesOf(play)[1]?.decisions[0]?.inputs).toEqual([{ name: "Cache-Control", value: "", present: false }]);
});

test("the exchange is the last request of the client and what it got", () => {
  const { request, response } = exchangeOf(play);
  expect(request).toBe("GET /feed HTTP/1.1\r\nHost: a.example\r\n\r\n");
  expect(response).toContain("Age: 0");
  expect(play.outcomes.map(({ code, reason }) => `${code} ${reason}`)).toEqual(["200 OK", "200 OK"]);
});

test("the gist of a message is what one looks for first, never a secret", () => {
  expect(gistOf('HTTP/1.1 200 OK\r\nDate: x\r\nCache-Control: max-age=2\r\nETag: "v7"\r\n\r\n', "response")).toBe('ETag: "v7", max-age=2');
  expect(gistOf("GET / HTTP/1.1\r\nAuthorization: Bearer secret\r\n\r\n", "request")).toBe("Authorization: Bearer …");
});
