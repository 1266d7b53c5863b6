import { StatuslabTryIt } from "./try-it";

if (customElements.get("statuslab-try-it") === undefined) customElements.define("statuslab-try-it", StatuslabTryIt);
