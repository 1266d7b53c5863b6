/*
 * Reads one archive and ends.
 */
import { load } from "statuslab";
import type { FromReader, ToReader } from "./protocol";
import { readArchive } from "./read";

const say = (message: FromReader, transfer: Transferable[] = []): void => self.postMessage(message, { transfer });
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

self.addEventListener("message", ({ data }: MessageEvent<ToReader>) => {
  const began = performance.now();
  const first = load();
  let used = false;
  void first.then((engine) => say({ kind: "rules", rules: engine.rules().map(({ id }) => id) }), () => undefined);
  readArchive(data.file, {
    explain: data.explain,
    engine: () => {
      if (used) return load();
      used = true;
      return first;
    },
    rows: (rows, read) => say({ kind: "rows", rows, read }, [rows.begin.buffer, rows.end.buffer, rows.status.buffer, rows.size.buffer, rows.findings.buffer]),
  }).then(
    (ended) => say({ kind: "ended", ended, ms: performance.now() - began }),
    (error: unknown) => say({ kind: "ended", ended: { kind: "failed", reason: reasonOf(error) }, ms: performance.now() - began }),
  );
});
