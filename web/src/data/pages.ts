/*
 * What pages hand to Starlight's frame: the list at the side, headings, titles.
 */
import type { StarlightPageProps } from "@astrojs/starlight/props";
import { CONSTANTS_PATH, frameworkPath, frameworks, PROOF_PATH } from "./frameworks";
import type { Language } from "./language";
import { families, plainMessage, rulePath, textOf } from "./rules";
import { CLASSES, codePages, official, pagesOfClass, pageTitle, statusPath, type CodePage } from "./status";
import type { Rule } from "./types";
import { wordsOf } from "./words";

type Sidebar = NonNullable<StarlightPageProps["sidebar"]>;
export type Heading = NonNullable<StarlightPageProps["headings"]>[number];

export const heading = (slug: string, text: string, depth = 2): Heading => ({ slug, text, depth });

/** All codes by class; the class of `open` is unfolded. */
export function statusSidebar(language: Language, open: CodePage | null): Sidebar {
  const words = wordsOf(language);
  return CLASSES.flatMap((statusClass) => {
    const pages = pagesOfClass(statusClass);
    const link = (page: CodePage) => ({
      label: pageTitle(page, language),
      link: statusPath(page.code),
      attrs: { "data-code": page.code },
    });
    const inside = open?.class === statusClass;
    const registered = pages.filter(official);
    const unofficial = pages.filter((page) => !official(page));
    const name = words(`class.${statusClass}`);
    return [
      { label: name, items: registered.map(link), collapsed: !inside },
      {
        label: registered.length === 0 ? name : words("status.unofficial.class", { class: statusClass }),
        items: unofficial.map(link),
        collapsed: !(inside && open !== null && !official(open)),
      },
    ].filter(({ items }) => items.length > 0);
  });
}

/** All families: that of `open` with its rules, the others as places in the index. */
export function rulesSidebar(language: Language, open: Rule | null): Sidebar {
  return families.map((family) => {
    const label = `${family.title[language]} (${family.rules.length})`;
    if (family.id !== open?.family) return { label, link: "/rules/", attrs: { "data-anchor": family.id } };
    return {
      label,
      collapsed: false,
      items: family.rules.map((rule) => ({
        label: plainMessage(textOf(rule, language).message),
        link: rulePath(rule.id),
        attrs: { "data-severity": rule.severity },
      })),
    };
  });
}

export function frameworksSidebar(language: Language): Sidebar {
  const words = wordsOf(language);
  return [
    { label: words("frameworks.pages"), items: frameworks.map(({ id, name }) => ({ label: name, link: frameworkPath(id) })) },
    { label: words("frameworks.tables"), items: [{ label: words("constants.title"), link: CONSTANTS_PATH }, { label: words("proof.title"), link: PROOF_PATH }] },
  ];
}

/** In the order of the numbers, across classes. */
export function codeNeighbours(page: CodePage): { previous: CodePage | undefined; next: CodePage | undefined } {
  const at = codePages.indexOf(page);
  return { previous: codePages[at - 1], next: codePages[at + 1] };
}
