import { loadToolWords, type Words } from "../../state/words";
import "../dialog/dialog.css";
import { StatuslabRedact, type RedactAnswer } from "./redact";

if (customElements.get("statuslab-redact") === undefined) customElements.define("statuslab-redact", StatuslabRedact);

/** Null: nothing is copied. */
export async function askToRedact(words: Words, secrets: readonly string[], repairable: boolean): Promise<RedactAnswer | null> {
  const redact = new StatuslabRedact();
  redact.words = words;
  redact.toolWords = await loadToolWords(words.language);
  redact.secrets = secrets;
  redact.repairable = repairable;
  return redact.ask();
}
