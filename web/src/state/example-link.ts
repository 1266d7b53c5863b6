/*
 * #example=<id>: an example as it is. Apart from the codec, which only texts of one's own need.
 */
const PREFIX = "example=";

export function exampleFragment(id: string): string {
  return PREFIX + id;
}

export function exampleIn(fragment: string): string | null {
  return fragment.startsWith(PREFIX) ? fragment.slice(PREFIX.length) : null;
}
