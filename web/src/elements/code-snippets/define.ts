import { StatuslabCodeSnippets } from "./code-snippets";

if (customElements.get("statuslab-code-snippets") === undefined) customElements.define("statuslab-code-snippets", StatuslabCodeSnippets);
