import type { Factory } from "./factory.js";
import type { SnippetsModule } from "./snippets.js";

declare const createSnippets: Factory<SnippetsModule>;
export default createSnippets;
