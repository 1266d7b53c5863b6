import { StatuslabSnippets } from "./snippets";

if (customElements.get("statuslab-snippets") === undefined) customElements.define("statuslab-snippets", StatuslabSnippets);
