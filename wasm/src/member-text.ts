/**
 * The text of a member of a JSON object, as it was written: numbers keep the digits that a JavaScript number has no room
 * for. `json` is an object and well-formed. Of members with the same name the last counts, as for `JSON.parse`.
 */
export function memberText(json: string, name: string): string | undefined {
  let found: string | undefined;
  let depth = 0;
  let key: string | undefined;
  let start = 0;
  for (let at = 0; at < json.length; ++at) {
    const character = json[at];
    if (character === '"') {
      const end = stringEnd(json, at);
      if (depth === 1 && key === undefined) key = JSON.parse(json.slice(at, end)) as string;
      at = end - 1;
    } else if (character === ":" && depth === 1) {
      start = at + 1;
    } else if (character === "{" || character === "[") {
      ++depth;
    } else if (character === "}" || character === "]" || character === ",") {
      const ends = depth === 1;
      if (character !== ",") --depth;
      if (!ends) continue;
      if (key === name) found = json.slice(start, at).trim();
      key = undefined;
    }
  }
  return found;
}

function stringEnd(json: string, begin: number): number {
  for (let at = json.indexOf('"', begin + 1); at !== -1; at = json.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (json[at - 1 - backslashes] === "\\") ++backslashes;
    if (backslashes % 2 === 0) return at + 1;
  }
  return json.length;
}
