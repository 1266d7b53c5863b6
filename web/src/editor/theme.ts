/*
 * The editor in the colours of the page. Rules live in a constructed style sheet, so a strict style-src is kept.
 * Classes of the wire itself (tok-*, sq-*, eol, ctl) are shared with the static text: elements/wire/wire.css.
 */
import { EditorView } from "@codemirror/view";

export const wireTheme = EditorView.theme({
  "&": { backgroundColor: "var(--panel)", color: "var(--ink)", height: "100%", maxHeight: "inherit" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", fontSize: "13px", lineHeight: "1.65", overflow: "auto" },
  ".cm-content": { padding: "10px 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 14px 0 0" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--ink-3)", border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "42px", padding: "0 14px 0 0" },
  ".cm-activeLine": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": { backgroundColor: "var(--accent-bg)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLineGutter": { backgroundColor: "var(--accent-bg)", color: "var(--ink-2)" },
  ".cm-tooltip": { backgroundColor: "var(--panel)", color: "var(--ink)", border: "1px solid var(--line-2)", borderRadius: "8px" },
});
