/*
 * CodeMirror's style-mod puts its rules into a <style> of the document, which a style-src of 'self' refuses, and only
 * in shadow roots into a constructed sheet, which needs no permission. Here: always the constructed sheet.
 */
import type { Plugin } from "vite";

const CHOICE = "if (!root.head && root.adoptedStyleSheets && win.CSSStyleSheet)";

export function constructedStyles(): Plugin {
  return {
    name: "constructed-styles",
    transform: {
      filter: { id: /\/style-mod\/src\/style-mod\.js$/ },
      handler(code) {
        if (!code.includes(CHOICE)) this.error("style-mod has changed: see whether it still needs this plugin");
        return { code: code.replace(CHOICE, CHOICE.replace("!root.head && ", "")), map: null };
      },
    },
  };
}
