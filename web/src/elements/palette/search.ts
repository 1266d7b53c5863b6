/*
 * What the palette finds. Codes by number or phrase, rules by id or by what they say, commands by name.
 */

export interface Entry {
  readonly group: "commands" | "codes" | "rules";
  readonly id: string;
  readonly title: string;
  readonly detail: string;
}

const MOST_PER_GROUP = 12;

/** Every word of the query has to be in an entry. Beginnings count more than middles, titles more than details. */
export function find(entries: readonly Entry[], query: string): Entry[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter((word) => word !== "");
  const scored = entries
    .map((entry, index) => ({ entry, index, score: score(entry, words) }))
    .filter(({ score: points }) => points > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map(({ entry }) => entry);
  const groups: readonly Entry["group"][] = /^\d/.test(query.trim()) ? ["codes", "commands", "rules"] : ["commands", "codes", "rules"];
  return groups.flatMap((group) => scored.filter((entry) => entry.group === group).slice(0, words.length === 0 && group !== "commands" ? 0 : MOST_PER_GROUP));
}

function score({ id, title, detail }: Entry, words: readonly string[]): number {
  let points = 1;
  for (const word of words) {
    const best = Math.max(rate(id.toLocaleLowerCase(), word) * 3, rate(title.toLocaleLowerCase(), word) * 3, rate(detail.toLocaleLowerCase(), word));
    if (best === 0) return 0;
    points += best;
  }
  return points;
}

function rate(text: string, word: string): number {
  const at = text.indexOf(word);
  if (at === -1) return 0;
  if (at === 0) return 4;
  return /[\p{L}\p{N}]/u.test(text.charAt(at - 1)) ? 1 : 3;
}
