import { expect, test } from "vitest";
import { parser } from "@lezer/json";
import { pathAt, rangeOf, type Place } from "./json-places";
import { valuesAt } from "./json-schema";

const TEXT = '{"client": {"request": {"method": 3, "fields": [["A","b"]]}}, "a/b": true}';
const tree = parser.parse(TEXT);
const marked = (pointer: string): string => {
  const { from, to } = rangeOf(tree, TEXT, pointer);
  return TEXT.slice(from, to);
};

test("a pointer marks its value; of what is not there, the bracket of the nearest that is", () => {
  expect(marked("/client/request/method")).toBe("3");
  expect(marked("/client/request/fields/0/1")).toBe('"b"');
  expect(marked("/a~1b")).toBe("true");
  expect(marked("/client/request")).toBe("{");
  expect(rangeOf(tree, TEXT, "/client/nothing").from).toBe(TEXT.indexOf('{"request"'));
  expect(rangeOf(parser.parse(""), "", "/a")).toEqual({ from: 0, to: 0 });
});

/** The bar is the cursor. */
function place(text: string): Place {
  const offset = text.indexOf("|");
  const whole = text.slice(0, offset) + text.slice(offset + 1);
  return pathAt(parser.parse(whole), whole, offset);
}

test("an offset is in a name or in a value", () => {
  expect(place('{"client": {"re|"}}')).toEqual({ kind: "name", path: ["client"], others: [] });
  expect(place('{"client": {"a": 1, |}}')).toMatchObject({ kind: "name", path: ["client"] });
  expect(place('{"client": {"profile": "c|"}}')).toEqual({ kind: "value", path: ["client", "profile"] });
  expect(place('{"steps": [{"do": |}]}')).toEqual({ kind: "value", path: ["steps", 0, "do"] });
});

test("the schema says what belongs there", () => {
  const schema = { type: "object", properties: { client: { type: "object", properties: { profile: { enum: ["curl", "wget"], default: "curl" }, early: { type: "boolean" } } }, proxy: { anyOf: [{ type: "object", properties: { name: { type: "string" } } }, { type: "null" }] } } };
  expect(valuesAt(schema, { kind: "name", path: ["client"], others: ["early"] })).toEqual([{ text: '"profile"', detail: "" }]);
  expect(valuesAt(schema, { kind: "value", path: ["client", "profile"] })).toEqual([{ text: '"curl"', detail: "=" }, { text: '"wget"', detail: "" }]);
  expect(valuesAt(schema, { kind: "name", path: ["proxy"], others: [] })).toEqual([{ text: '"name"', detail: "string" }]);
  expect(valuesAt(schema, { kind: "value", path: ["nothing"] })).toEqual([]);
});
