/*
 * Ways in for files: chosen, dropped on the page, pasted. What they hold decides what becomes of them, not their name.
 */
import { fromBytes } from "../../engine/bytes";

export interface FileTarget {
  /** Many exchanges in JSON. */
  archive(file: Blob, name: string): void;
  message(text: string): void;
  tooLarge(name: string, bytes: number): void;
  /** A file is held over the page. */
  over(shown: boolean): void;
}

const LARGEST_MESSAGE = 4_000_000;
const PASTED_ARCHIVE = /^\s*\{\s*"log"\s*:\s*\{/;

export function chooseFile(target: FileTarget): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = ".har,.json,.http,.txt,.log";
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    if (file !== undefined) void take(file, target);
  });
  input.click();
}

/** Returns how to stop it. */
export function watchFiles(target: FileTarget): () => void {
  const ending = new AbortController();
  const options = { capture: true, signal: ending.signal };
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") === true;
  document.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    target.over(true);
  }, options);
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) target.over(false);
  }, options);
  document.addEventListener("drop", (event) => {
    target.over(false);
    const file = event.dataTransfer?.files[0];
    if (file === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    void take(file, target);
  }, options);
  document.addEventListener("paste", (event) => {
    const file = event.clipboardData?.files[0];
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (PASTED_ARCHIVE.test(text.slice(0, 1000))) target.archive(new Blob([text]), "HAR");
    else if (file !== undefined && text === "") void take(file, target);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, options);
  return () => ending.abort();
}

async function take(file: File, target: FileTarget): Promise<void> {
  const start = fromBytes(new Uint8Array(await file.slice(0, 256).arrayBuffer())).replace(/^\ufeff?\s*/, "");
  if (start.startsWith("{") || /\.har$/i.test(file.name)) target.archive(file, file.name);
  else if (file.size > LARGEST_MESSAGE) target.tooLarge(file.name, file.size);
  else target.message(fromBytes(new Uint8Array(await file.arrayBuffer())));
}
