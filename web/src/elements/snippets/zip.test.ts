import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import { zipOf } from "./zip";

test("the archive is one folder with every file and how to start it", () => {
  const zip = zipOf("express-204", { files: [{ path: "app.mjs", text: "x\n" }, { path: "src/a.mjs", text: "é" }], install: ["npm install"], start: "node app.mjs" });
  const read = Object.fromEntries(Object.entries(unzipSync(zip)).map(([path, bytes]) => [path, strFromU8(bytes)]));
  expect(read).toEqual({ "express-204/README.txt": "npm install\nnode app.mjs\n", "express-204/app.mjs": "x\n", "express-204/src/a.mjs": "é" });
});

test("the same files make the same archive", () => {
  const written = { files: [{ path: "a", text: "b" }], install: [], start: "" };
  expect(zipOf("x", written)).toEqual(zipOf("x", written));
});
