import type { DatedExchange } from "statuslab";
import { describe, expect, test } from "vitest";
import { FAILED, UNREADABLE, type Rows } from "./protocol";
import { openEntry, readArchive, type BatchLinter } from "./read";

const entry = (path: string, status = 200, text = "hi"): string =>
  JSON.stringify({
    startedDateTime: "2026-11-22T09:30:00Z",
    request: { method: "GET", url: `https://a.example${path}`, httpVersion: "HTTP/1.1", headers: [] },
    response: { status, statusText: "", httpVersion: "HTTP/1.1", headers: [], content: { text, mimeType: "text/plain" } },
  });
const archive = (...entries: string[]): Blob => new Blob([`{"log":{"version":"1.2","entries":[${entries.join(",")}]}}`]);

/** One finding an exchange, of the rule with the number of its response's last digit. Stops at "poison". */
function engine(): BatchLinter {
  let stopped = false;
  return {
    lintBatch: (exchanges: readonly DatedExchange[]) => {
      const texts = exchanges.map(({ response }) => new TextDecoder().decode(response ?? new Uint8Array()));
      if (stopped || texts.some((text) => text.includes("poison"))) {
        stopped = true;
        throw new Error("stopped");
      }
      return Uint32Array.from(texts.flatMap((text) => [1, Number(text.at(-1)) || 0]));
    },
  };
}

async function read(file: Blob) {
  const rows: Rows[] = [];
  const ended = await readArchive(file, { engine: () => Promise.resolve(engine()), explain: false, rows: (some) => rows.push(some) });
  const all = <T>(pick: (some: Rows) => Iterable<T>): T[] => rows.flatMap((some) => [...pick(some)]);
  return { ended, rows, status: all((some) => some.status), url: all((some) => some.url), findings: all((some) => some.findings), begin: all((some) => some.begin), end: all((some) => some.end) };
}

describe("an archive", () => {
  test("becomes rows in the order of the file, and every row finds its exchange again", async () => {
    const file = archive(entry("/1", 200, "a1"), entry("/2", 404, "b2"));
    const { ended, status, url, findings, begin, end } = await read(file);
    expect(ended).toEqual({ kind: "all" });
    expect(status).toEqual([200, 404]);
    expect(url).toEqual(["https://a.example/1", "https://a.example/2"]);
    expect(findings).toEqual([1, 1, 1, 2]);
    expect(await openEntry(file, begin[1] ?? 0, end[1] ?? 0)).toEqual({
      request: "GET /2 HTTP/1.1\r\nHost: a.example\r\n\r\n", response: "HTTP/1.1 404 \r\n\r\nb2", scheme: "https", content: "shown", now: Date.UTC(2026, 10, 22, 9, 30),
    });
  });

  test("of many comes in several parts", async () => {
    const { rows, status } = await read(archive(...Array.from({ length: 450 }, (_, i) => entry(`/${i}`))));
    expect(rows.length).toBeGreaterThan(2);
    expect(status).toHaveLength(450);
  });

  test("an exchange that stops the engine, and one that is none, cost no other", async () => {
    const { status } = await read(archive(entry("/1"), entry("/2", 200, "poison"), '{"request":7}', entry("/4")));
    expect(status).toEqual([200, FAILED, UNREADABLE, 200]);
  });

  test("that ends early, or is none", async () => {
    const file = archive(entry("/1"), entry("/2"));
    expect((await read(file.slice(0, file.size - 20))).ended).toEqual({ kind: "cut" });
    expect((await read(new Blob(["HTTP/1.1 200 OK"]))).ended).toEqual({ kind: "no-archive" });
    expect((await read(new Blob([]))).ended).toEqual({ kind: "no-archive" });
  });
});
