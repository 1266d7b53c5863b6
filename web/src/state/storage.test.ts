import { expect, test } from "vitest";
import { AS_IT_IS } from "../engine/model";
import { loadExchange, loadMarks, loadSettings, saveExchange, saveMarks, saveSettings, type Store } from "./storage";

function memory(): Store & { readonly items: Map<string, string> } {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}
const refusing = (name: string): Store => ({
  getItem: () => {
    throw new DOMException("no", name);
  },
  setItem: () => {
    throw new DOMException("no", name);
  },
  removeItem: () => {
    throw new DOMException("no", name);
  },
});
const exchange = { request: "", response: "HTTP/1.1 200 OK\r\nX: \udcff\r\n\r\n", scheme: "http" } as const;

test("what was saved comes back, raw bytes too", () => {
  const store = memory();
  expect(saveExchange(store, exchange)).toBe("saved");
  expect(loadExchange(store)).toEqual(exchange);
});

test("full and blocked are told apart", () => {
  expect(saveExchange(refusing("QuotaExceededError"), exchange)).toBe("full");
  expect(saveExchange(refusing("SecurityError"), exchange)).toBe("blocked");
  expect(saveExchange(null, exchange)).toBe("blocked");
});

test.each(["", "null", "{", "[]", '{"request":1}', '{"request":"","response":"","scheme":"ftp"}'])("%s in the store is nothing", (json) => {
  const store = memory();
  saveExchange(store, exchange);
  for (const key of store.items.keys()) store.items.set(key, json);
  expect(loadExchange(store)).toBeNull();
});

test("a store that throws is an empty one", () => {
  expect(loadExchange(refusing("SecurityError"))).toBeNull();
  expect(loadMarks(refusing("SecurityError"))).toBe(false);
  saveMarks(refusing("SecurityError"), true);
});

test("settings come back; what is not understood is left out", () => {
  const store = memory();
  expect(loadSettings(store)).toEqual(AS_IT_IS);
  saveSettings(store, { levels: { "etag-syntax": "off" }, explain: true });
  expect(loadSettings(store)).toEqual({ levels: { "etag-syntax": "off" }, explain: true });
  for (const broken of ["", "7", '{"levels":7,"explain":true}', '{"levels":null}']) {
    store.items.set("statuslab:settings:1", broken);
    expect(loadSettings(store)).toEqual(AS_IT_IS);
  }
  store.items.set("statuslab:settings:1", '{"levels":{"a":"loud","b":"hint"},"explain":1}');
  expect(loadSettings(store)).toEqual({ levels: { b: "hint" }, explain: false });
  expect(loadSettings(refusing("SecurityError"))).toEqual(AS_IT_IS);
});
