/*
 * Two languages: English at the root, Chinese beside it.
 */
export type Language = "en" | "zh-CN";
/** The folder of a language in the address; English has none. */
export type Locale = "zh-cn" | undefined;

export const LANGUAGES: readonly Language[] = ["en", "zh-CN"];

export function languageOf(locale: string | undefined): Language {
  return locale === "zh-cn" ? "zh-CN" : "en";
}

export function localeOf(language: Language): Locale {
  return language === "zh-CN" ? "zh-cn" : undefined;
}

export function otherLanguage(language: Language): Language {
  return language === "en" ? "zh-CN" : "en";
}

/** "/status/204/" in the language. */
export function localize(path: string, language: Language): string {
  const english = path.replace(/^\/zh-cn(?=\/|$)/, "") || "/";
  return language === "en" ? english : `/zh-cn${english}`;
}

/** For getStaticPaths of a page that exists in both languages. */
export function inBothLanguages<Props>(paths: readonly { params: Record<string, string>; props: Props }[]) {
  return LANGUAGES.flatMap((language) =>
    paths.map(({ params, props }) => ({ params: { ...params, locale: localeOf(language) }, props: { ...props, language } })),
  );
}
