/* The part of Pagefind's browser interface that is used; the module itself is made with the index. */
export interface PagefindResult {
  data(): Promise<{ url: string; excerpt: string; meta: Record<string, string> }>;
}

export interface Pagefind {
  init(): Promise<void>;
  debouncedSearch(query: string, options: object, ms: number): Promise<{ results: PagefindResult[] } | null>;
}
