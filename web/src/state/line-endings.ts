/*
 * Line endings of wire text. A clipboard filled from a terminal or a browser has lost every CR, so pasted heads
 * get theirs back; the content keeps its bytes, because Content-Length counts them.
 */

export type LineEnding = "\r\n" | "\n";

/** What Enter inserts: the ending of the line at the cursor, or else of the text, or else the wire's. */
export function lineEndingAt(text: string, offset: number): LineEnding {
  const after = text.indexOf("\n", offset);
  const before = text.lastIndexOf("\n", offset - 1);
  const at = before !== -1 ? before : after;
  if (at === -1) return "\r\n";
  return text.charAt(at - 1) === "\r" ? "\r\n" : "\n";
}

const START_LINE = /^(?:HTTP\/\d|[!#$%&'*+\-.^_`|~0-9A-Za-z]+ \S+ HTTP\/\d)/;

/** The text with CR LF in its heads, or null when there is nothing to give back. */
export function restoreHeadEndings(pasted: string): string | null {
  if (pasted.includes("\r") || !pasted.includes("\n") || !START_LINE.test(pasted)) return null;
  let result = "";
  let inHead = true;
  let afterEmpty = false;
  for (let at = 0; at < pasted.length; ) {
    const end = pasted.indexOf("\n", at);
    const line = pasted.slice(at, end === -1 ? pasted.length : end);
    if (!inHead && afterEmpty && START_LINE.test(line)) inHead = true;
    result += line;
    if (end !== -1) result += inHead ? "\r\n" : "\n";
    afterEmpty = line === "";
    if (afterEmpty) inHead = false;
    at = end === -1 ? pasted.length : end + 1;
  }
  return result;
}
