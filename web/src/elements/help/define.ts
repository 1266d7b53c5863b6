import type { Words } from "../../state/words";
import "../dialog/dialog.css";
import { StatuslabHelp } from "./help";

if (customElements.get("statuslab-help") === undefined) customElements.define("statuslab-help", StatuslabHelp);

export async function openHelp(words: Words, modifier: string): Promise<void> {
  const help = new StatuslabHelp();
  help.words = words;
  help.modifier = modifier;
  await help.ask();
}
