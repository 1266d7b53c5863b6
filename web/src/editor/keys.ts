/*
 * Keys of the wire: what moves, what erases, what ends a line; and what is pasted. Only what is used of CodeMirror's
 * commands is listed here, which leaves its machinery for programming languages out of the page.
 */
import {
  cursorCharLeft, cursorCharRight, cursorDocEnd, cursorDocStart, cursorGroupLeft, cursorGroupRight, cursorLineBoundaryBackward,
  cursorLineBoundaryForward, cursorLineBoundaryLeft, cursorLineBoundaryRight, cursorLineDown, cursorLineUp, cursorPageDown, cursorPageUp,
  deleteGroupBackward, deleteGroupForward, deleteLineBoundaryBackward, deleteLineBoundaryForward, historyKeymap, selectAll, selectCharLeft,
  selectCharRight, selectDocEnd, selectDocStart, selectGroupLeft, selectGroupRight, selectLineBoundaryBackward, selectLineBoundaryForward,
  selectLineBoundaryLeft, selectLineBoundaryRight, selectLineDown, selectLineUp, selectPageDown, selectPageUp,
} from "@codemirror/commands";
import { findClusterBreak, type ChangeSpec, type EditorState, type Extension, type StateCommand } from "@codemirror/state";
import { EditorView, keymap, type KeyBinding } from "@codemirror/view";
import { fromBytes } from "../engine/bytes";
import { lineEndingAt, restoreHeadEndings } from "../state/line-endings";

/** Enter gives the document's own line ending. */
export const insertLineEnding: StateCommand = ({ state, dispatch }) => {
  if (state.readOnly) return false;
  const { from, to } = state.selection.main;
  const insert = lineEndingAt(state.sliceDoc(), from);
  dispatch(state.update({
    changes: { from, to, insert }, selection: { anchor: from + insert.length }, scrollIntoView: true, userEvent: "input",
  }));
  return true;
};

/** What Backspace or Delete takes away: the selection, or one character as it is read; CR LF counts as one. */
export function erased(state: EditorState, forward: boolean): ChangeSpec | null {
  const { from, to, empty, head } = state.selection.main;
  if (!empty) return { from, to };
  const line = state.doc.lineAt(head);
  const at = head - line.from;
  if (forward) {
    if (state.sliceDoc(head, head + 2) === "\r\n") return { from: head, to: head + 2 };
    const end = head === line.to ? head + 1 : line.from + findClusterBreak(line.text, at, true);
    return end > state.doc.length ? null : { from: head, to: end };
  }
  if (state.sliceDoc(Math.max(0, head - 2), head) === "\r\n") return { from: head - 2, to: head };
  const begin = at === 0 ? head - 1 : line.from + findClusterBreak(line.text, at, false);
  return begin < 0 ? null : { from: begin, to: head };
}

const erase = (forward: boolean): StateCommand => ({ state, dispatch }) => {
  if (state.readOnly) return false;
  const changes = erased(state, forward);
  if (changes !== null) {
    dispatch(state.update({ changes, scrollIntoView: true, userEvent: forward ? "delete.forward" : "delete.backward" }));
  }
  return true;
};
const eraseBackward = erase(false);
const eraseForward = erase(true);

const bindings: readonly KeyBinding[] = [
  { key: "ArrowLeft", run: cursorCharLeft, shift: selectCharLeft, preventDefault: true },
  { key: "Mod-ArrowLeft", mac: "Alt-ArrowLeft", run: cursorGroupLeft, shift: selectGroupLeft, preventDefault: true },
  { mac: "Cmd-ArrowLeft", run: cursorLineBoundaryLeft, shift: selectLineBoundaryLeft, preventDefault: true },
  { key: "ArrowRight", run: cursorCharRight, shift: selectCharRight, preventDefault: true },
  { key: "Mod-ArrowRight", mac: "Alt-ArrowRight", run: cursorGroupRight, shift: selectGroupRight, preventDefault: true },
  { mac: "Cmd-ArrowRight", run: cursorLineBoundaryRight, shift: selectLineBoundaryRight, preventDefault: true },
  { key: "ArrowUp", run: cursorLineUp, shift: selectLineUp, preventDefault: true },
  { mac: "Cmd-ArrowUp", run: cursorDocStart, shift: selectDocStart },
  { key: "ArrowDown", run: cursorLineDown, shift: selectLineDown, preventDefault: true },
  { mac: "Cmd-ArrowDown", run: cursorDocEnd, shift: selectDocEnd },
  { key: "PageUp", mac: "Ctrl-ArrowUp", run: cursorPageUp, shift: selectPageUp },
  { key: "PageDown", mac: "Ctrl-ArrowDown", run: cursorPageDown, shift: selectPageDown },
  { key: "Home", run: cursorLineBoundaryBackward, shift: selectLineBoundaryBackward, preventDefault: true },
  { key: "Mod-Home", run: cursorDocStart, shift: selectDocStart },
  { key: "End", run: cursorLineBoundaryForward, shift: selectLineBoundaryForward, preventDefault: true },
  { key: "Mod-End", run: cursorDocEnd, shift: selectDocEnd },
  { key: "Mod-a", run: selectAll },
  { key: "Enter", run: insertLineEnding, shift: insertLineEnding },
  { key: "Backspace", run: eraseBackward, shift: eraseBackward, preventDefault: true },
  { key: "Delete", run: eraseForward, preventDefault: true },
  { key: "Mod-Backspace", mac: "Alt-Backspace", run: deleteGroupBackward, preventDefault: true },
  { key: "Mod-Delete", mac: "Alt-Delete", run: deleteGroupForward, preventDefault: true },
  { mac: "Mod-Backspace", run: deleteLineBoundaryBackward, preventDefault: true },
  { mac: "Mod-Delete", run: deleteLineBoundaryForward, preventDefault: true },
  ...historyKeymap,
];

export function wireKeys(leave: () => void): Extension {
  return keymap.of([{ key: "Escape", run: () => (leave(), true) }, ...bindings]);
}

export interface PasteEvents {
  /** Heads were given CR LF; `original` is what was in the clipboard. */
  restored(at: number, restored: string, original: string): void;
}

/** Pasted and dropped wire text: terminals lose CR, files have bytes that are no text. */
export function pasting(events: PasteEvents): Extension {
  const insert = (view: EditorView, text: string, userEvent: string): void => {
    const { from, to } = view.state.selection.main;
    const restored = restoreHeadEndings(text);
    const insert = view.state.toText(restored ?? text);
    view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length }, scrollIntoView: true, userEvent });
    if (restored !== null) events.restored(from, restored, text);
  };
  return EditorView.domEventHandlers({
    paste(event, view) {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (text === "" || view.state.readOnly) return false;
      event.preventDefault();
      insert(view, text, "input.paste");
      return true;
    },
    drop(event, view) {
      const file = event.dataTransfer?.files[0];
      if (file === undefined || view.state.readOnly) return false;
      event.preventDefault();
      void file.arrayBuffer().then((buffer) => {
        view.dispatch({ selection: { anchor: 0, head: view.state.doc.length } });
        insert(view, fromBytes(new Uint8Array(buffer)), "input.drop");
      });
      return true;
    },
  });
}
