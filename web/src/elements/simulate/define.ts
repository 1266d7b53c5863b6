import { StatuslabSimulate } from "./simulate";

if (customElements.get("statuslab-simulate") === undefined) customElements.define("statuslab-simulate", StatuslabSimulate);
