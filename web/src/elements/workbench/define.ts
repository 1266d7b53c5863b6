import { StatuslabWorkbench } from "./workbench";

if (customElements.get("statuslab-workbench") === undefined) customElements.define("statuslab-workbench", StatuslabWorkbench);
