// wasm/src/scenario-types.ts says in TypeScript what the engine's reader reads: it is made of the schema that the reader itself
// describes. STATUSLAB_ACCEPT=1 writes it anew.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";

import { built, dist, packageDirectory } from "./support.mjs";

const { load } = await built("index");
const engine = await load({ parts: ["simulate"] });
const schema = engine.scenarioSchema();

const head = `/**
 * What \`Engine.simulate\` plays, as its reader describes it. Everything has a default, told where it is a plain value. The
 * smallest scenario: \`{"client":{"request":{"method":"GET","target":"https://a.example/x"}}}\`. Times are UTC, RFC 3339.
 */
`;

/** The interfaces for the schema's objects, each under a name of its own; objects of the same shape share one. */
function typesOf(root) {
  const known = new Map();

  const pascal = (name) => name.replace(/(?:^|_)([a-z])/g, (_, letter) => letter.toUpperCase()).replace(/\W/g, "");
  const singular = (name) => name.replace(/ies$/, "y").replace(/s$/, "");
  const nameFor = (name, text) => {
    for (let wanted = `Scenario${pascal(name)}`; ; wanted += "_") {
      if (!known.has(wanted)) known.set(wanted, text);
      if (known.get(wanted) === text) return wanted;
    }
  };
  const type = (part, name) => {
    if (part.enum) return part.enum.map((word) => JSON.stringify(word)).join(" | ");
    if (part.anyOf) return part.anyOf.map((each) => type(each, name)).join(" | ");
    if (part.type === "array" && part.minItems === 2) return "[name: string, value: string]";
    if (part.type === "array") {
      const item = type(part.items, singular(name));
      return item.includes("|") ? `(${item})[]` : `${item}[]`;
    }
    if (part.type === "object" && part.properties === undefined) return `Record<string, ${type(part.additionalProperties, name)}>`;
    if (part.type === "object") return nameFor(name, body(part));
    return { integer: "number", number: "number", string: "string", boolean: "boolean", null: "null" }[part.type];
  };
  const body = ({ properties, required = [] }) =>
    Object.entries(properties).map(([key, part]) => {
      const said = part.default === undefined ? "" : `  /** ${JSON.stringify(part.default)} */\n`;
      return `${said}  ${/^\w+$/.test(key) ? key : JSON.stringify(key)}${required.includes(key) ? "" : "?"}: ${type(part, key)};\n`;
    }).join("");

  const whole = body(root);
  return `${head}export interface Scenario {\n${whole}}\n${[...known].map(([name, text]) => `\nexport interface ${name} {\n${text}}\n`).join("")}`;
}

test("the types of a scenario are those of its schema", () => {
  const file = new URL("src/scenario-types.ts", packageDirectory);
  const text = typesOf(schema);
  if (process.env.STATUSLAB_ACCEPT) writeFileSync(file, text);
  assert.equal(readFileSync(file, "utf8"), text);
});

test("the package's schema file is the engine's schema, under a dialect", () => {
  const { $schema, title, ...rest } = JSON.parse(readFileSync(new URL("scenario.schema.json", dist), "utf8"));
  assert.equal($schema, "https://json-schema.org/draft/2020-12/schema");
  assert.equal(typeof title, "string");
  assert.deepEqual(rest, schema);
});

/** Every object of the schema, with a scenario that is nothing but the way to it. */
function* places(part, wrap) {
  if (part.anyOf) {
    for (const each of part.anyOf) yield* places(each, wrap);
  } else if (part.type === "array" && part.items) {
    yield* places(part.items, (value) => wrap([value]));
  } else if (part.properties) {
    yield [part, wrap];
    for (const [key, inside] of Object.entries(part.properties)) yield* places(inside, (value) => wrap({ [key]: value }));
  }
}

test("what the schema allows is read, and what it forbids is told", () => {
  let seen = 0;
  const problems = (scenario) => {
    const result = engine.simulate(scenario);
    return result.ok ? [] : result.mistakes.map(({ pointer }) => pointer);
  };
  for (const [part, wrap] of places(schema, (value) => value)) {
    assert.ok(problems(wrap({ no_such_member: 1 })).some((pointer) => pointer.endsWith("/no_such_member")), JSON.stringify(wrap({})));
    for (const [key, inside] of Object.entries(part.properties)) {
      const told = (value) => problems(wrap({ [key]: value })).filter((pointer) => pointer.endsWith(`/${key}`));
      if (inside.default !== undefined && key !== "order") assert.deepEqual(told(inside.default), [], `${key}: ${inside.default}`);
      if (inside.type === "boolean") assert.equal(told("yes").length, 1, key);
      if (inside.enum) assert.equal(told("no such word").length, 1, key);
      if (inside.type === "integer") assert.equal(told(inside.maximum + 1).length, 1, key);
      ++seen;
    }
  }
  assert.ok(seen > 100, `${seen} members`);
});
