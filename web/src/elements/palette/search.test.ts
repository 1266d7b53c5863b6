import { expect, test } from "vitest";
import { find, type Entry } from "./search";

const entries: Entry[] = [
  { group: "commands", id: "copy-link", title: "Copy link", detail: "" },
  { group: "commands", id: "help", title: "Keyboard shortcuts", detail: "" },
  { group: "codes", id: "204", title: "204 No Content", detail: "It worked, nothing to send back" },
  { group: "codes", id: "420", title: "420 Enhance Your Calm", detail: "" },
  { group: "rules", id: "content-length-in-204", title: "204 carries Content-Length", detail: "" },
  { group: "rules", id: "bare-lf", title: "A line ends with LF alone", detail: "content" },
];
const ids = (query: string): string[] => find(entries, query).map((entry) => entry.id);

test("without a query the commands", () => {
  expect(ids("")).toEqual(["copy-link", "help"]);
});

test("a number puts codes first", () => {
  expect(ids("204")).toEqual(["204", "content-length-in-204"]);
  expect(ids("20")).toEqual(["204", "420", "content-length-in-204"]);
});

test("every word has to be there, in any order", () => {
  expect(ids("length 204")).toEqual(["content-length-in-204"]);
  expect(ids("keyboard nonsense")).toEqual([]);
});

test("titles before details", () => {
  expect(ids("content")).toEqual(["204", "content-length-in-204", "bare-lf"]);
});
