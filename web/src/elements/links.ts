/*
 * Where things are on this site.
 */
import type { Language } from "../engine/catalog";

export interface SiteLinks {
  /** The workbench itself, without a fragment. */
  readonly workbench: string;
  readonly simulate: string;
  readonly snippets: string;
  readonly rules: string;
  rule(id: string): string;
  /** The page of a code, or of the code that a finer or vendor's meaning belongs to; the index where it has none. */
  status(key: string): string;
}

/** `base` is where the site lives, with a slash at its end. */
export function siteLinks(base: string, language: Language): SiteLinks {
  const root = language === "zh-CN" ? `${base}zh-cn/` : base;
  return {
    workbench: root,
    simulate: `${root}simulate/`,
    snippets: `${root}snippets/`,
    rules: `${root}rules/`,
    rule: (id) => `${root}rules/${id}/`,
    status: (key) => {
      const code = /^[0-5]\d\d(?!\d)/.exec(key)?.[0];
      return code === undefined ? `${root}status/` : `${root}status/${code}/`;
    },
  };
}
