import { expect, test } from "vitest";
import { loadExchange, loadMarks, saveExchange, saveMarks, type Store } from "./storage";

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
