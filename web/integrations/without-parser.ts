/*
 * CodeMirror's commands import the parser of programming languages by name. None of the commands that the editor uses
 * needs it, but its package does not say that it may be left out.
 */
import type { Plugin } from "vite";

export function withoutParser(): Plugin {
  return {
    name: "without-parser",
    transform: {
      filter: { id: /\/@lezer\/common\// },
      handler: (code) => ({ code, map: null, moduleSideEffects: false }),
    },
  };
}
