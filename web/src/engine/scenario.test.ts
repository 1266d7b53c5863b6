import { describe, expect, test } from "vitest";
import { at, givenScenario, putIn, readScenario, scenarioOf, WHERE, writeScenario, type JsonObject } from "./scenario";
import { candidates, settings } from "./what-if";

const EXCHANGE = {
  request: "PUT /x?q=1 HTTP/1.1\r\nHost: a.example\r\nIf-Match: \"a\"\r\nContent-Length: 2\r\n\r\nhi",
  response: "HTTP/1.1 204 No Content\r\n\r\nabc", scheme: "http",
} as const;

describe("the scenario of an exchange", () => {
  test("the client sends its request and is given its response, to the byte", () => {
    expect(givenScenario(EXCHANGE)).toEqual({
      client: { request: { method: "PUT", target: "http://a.example/x?q=1", fields: [["If-Match", '"a"']], content: "hi" } },
      given: ["HTTP/1.1 204 No Content\r\n\r\nabc"],
    });
  });

  test("without a request it is a GET; bytes that are no UTF-8 stay what they are", () => {
    expect(givenScenario({ request: "", response: "HTTP/1.1 200 \udcff\r\n\r\n", scheme: "https" })).toEqual({
      client: { request: { method: "GET", target: "https://a.example/" } }, given: [{ response: { base64: btoa("HTTP/1.1 200 \xff\r\n\r\n") } }],
    });
  });

  test("one of its own goes before", () => {
    expect(scenarioOf({ ...EXCHANGE, scenario: "{}" })).toBe("{}");
    expect(readScenario(scenarioOf(EXCHANGE))).toEqual(givenScenario(EXCHANGE));
  });
});

describe("members of a scenario", () => {
  const scenario: JsonObject = { client: { profile: "curl" }, origin: { resources: [{ path: "/a" }] }, mine: [1, { b: null }] };

  test("a change in one place leaves the rest as it is, and makes what is missing on the way", () => {
    expect(putIn(scenario, WHERE.method, "PUT")).toEqual({ ...scenario, client: { profile: "curl", request: { method: "PUT" } } });
    expect(putIn(scenario, [...WHERE.resource, "exists"], false)).toEqual({ ...scenario, origin: { resources: [{ path: "/a", exists: false }] } });
    expect(scenario).toEqual({ client: { profile: "curl" }, origin: { resources: [{ path: "/a" }] }, mine: [1, { b: null }] });
  });

  test("taking away what is not there changes nothing", () => {
    expect(putIn(scenario, WHERE.profile, undefined)["client"]).toEqual({});
    expect(putIn(scenario, WHERE.proxy, undefined)).toEqual(scenario);
  });

  test("written and read it is the same", () => {
    expect(readScenario(writeScenario(scenario))).toEqual(scenario);
    expect(readScenario("[]")).toBeNull();
    expect(readScenario("{")).toBeNull();
  });
});

test("edits that are tried differ from the scenario, and from each other", () => {
  const scenario: JsonObject = { client: { request: { target: "https://a.example/x", fields: [["If-None-Match", '"a"']] } } };
  const tried = candidates(scenario).map(({ scenario: changed }) => JSON.stringify(changed));
  expect(new Set(tried).size).toBe(tried.length);
  expect(tried).not.toContain(JSON.stringify(scenario));
  const dropped = candidates(scenario).find(({ word }) => word === "drop");
  expect(at(dropped?.scenario, WHERE.fields)).toEqual([]);
  // A given response is not changed by what the origin has.
  expect(candidates({ ...scenario, given: ["x"] }).map(({ word }) => word)).not.toContain("gone");
});

test("an open decision says what else is allowed, and that is tried as well", () => {
  const alternatives = [{ policy: "origin.policy.hide_existence=true", gives: 404 }, { policy: "origin.resources.multiple_choices=none", gives: 200 }, { policy: "gone", gives: 410 }];
  const step = { kind: "note", at: 0, client: 0, party: "origin", changes: [], event: null, decisions: [{ id: "x", answer: true, requirement: "open", cite: [], gives: 403, terminal: true, inputs: [], alternatives }] } as const;
  const tried = settings({ origin: { tls: true } }, { steps: [step] });
  expect(tried.map(({ values }) => values)).toEqual([{ name: "origin.policy.hide_existence", value: "true" }, { name: "origin.resources.multiple_choices", value: "none" }]);
  expect(tried[0]?.scenario).toEqual({ origin: { tls: true, policy: { hide_existence: true } } });
  expect(at(tried[1]?.scenario, [...WHERE.resource, "multiple_choices"])).toBe("none");
  const decisions = [{ ...step.decisions[0], alternatives: [{ policy: "collapse=false", gives: 0 }] }];
  const ofCaches = settings({ client: {}, shared_cache: { kind: "cdn" } }, { steps: [{ ...step, party: "private-cache", decisions }, { ...step, party: "cdn", decisions }] });
  expect(ofCaches.map(({ scenario }) => scenario)).toEqual([{ client: { private_cache: { collapse: false } }, shared_cache: { kind: "cdn" } }, { client: {}, shared_cache: { kind: "cdn", collapse: false } }]);
});
