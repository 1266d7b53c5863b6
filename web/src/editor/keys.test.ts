import { EditorState } from "@codemirror/state";
import { expect, test } from "vitest";
import { erased, insertLineEnding } from "./keys";

/** "|" is the cursor. */
function state(picture: string): EditorState {
  const cursor = picture.indexOf("|");
  return EditorState.create({
    doc: picture.replace("|", ""), selection: { anchor: cursor }, extensions: EditorState.lineSeparator.of("\n"),
  });
}

function erase(picture: string, forward: boolean): string {
  const before = state(picture);
  const changes = erased(before, forward);
  return changes === null ? before.sliceDoc() : before.update({ changes }).state.sliceDoc();
}

test.each([
  ["a character", "ab|c", "ac"],
  ["CR LF as one", "a\r\n|b", "ab"],
  ["LF", "a\n|b", "ab"],
  ["a CR alone", "a\r|b", "ab"],
  ["both halves of a character", "a💀|b", "ab"],
  ["a raw byte", "a\udcff|b", "ab"],
  ["nothing at the start", "|a", "a"],
])("Backspace takes %s", (_name, picture, after) => {
  expect(erase(picture, false)).toBe(after);
});

test.each([
  ["a character", "a|bc", "ac"],
  ["CR LF as one", "a|\r\nb", "ab"],
  ["LF", "a|\nb", "ab"],
  ["a letter with its mark", "|e\u0301b", "b"],
  ["nothing at the end", "a|", "a"],
])("Delete takes %s", (_name, picture, after) => {
  expect(erase(picture, true)).toBe(after);
});

test.each([["a\r\n|b", "a\r\n\r\nb"], ["a\n|b", "a\n\nb"], ["|", "\r\n"]])("Enter in %j", (picture, after) => {
  let result = "";
  insertLineEnding({ state: state(picture), dispatch: (transaction) => (result = transaction.state.sliceDoc()) });
  expect(result).toBe(after);
});
