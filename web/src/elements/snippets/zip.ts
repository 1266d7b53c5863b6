import { strToU8, zipSync } from "fflate";
import type { Written } from "../../engine/written";

/** One folder that runs: its files, and how to start it. */
export function zipOf(name: string, { files, install, start }: Pick<Written, "files" | "install" | "start">): Uint8Array<ArrayBuffer> {
  const commands = [...install, start].filter((line) => line !== "");
  const readme = commands.length === 0 ? {} : { [`${name}/README.txt`]: strToU8(`${commands.join("\n")}\n`) };
  const entries = { ...readme, ...Object.fromEntries(files.map(({ path, text }) => [`${name}/${path}`, strToU8(text)])) };
  // The same files make the same archive, whenever it is made.
  return zipSync(entries, { mtime: new Date(2026, 0, 1) });
}

export function saveZip(name: string, written: Written): void {
  const url = URL.createObjectURL(new Blob([zipOf(name, written)], { type: "application/zip" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${name}.zip`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
