/** What the page of a code knew when it was built; it stands in the element as JSON. */
export interface Island {
  readonly code: number;
  /** Columns of the matrix that go with the code; the one that is most its own comes first. */
  readonly columns: readonly string[];
  readonly base: string;
}

/** What a code is for comes before what any code can do. */
const CHARACTERISTIC = ["redirect", "created", "conditional", "ranges", "challenge", "retry", "interim", "upgrade", "method", "negotiation", "json", "none"];

export function inOrder(columns: readonly string[]): readonly string[] {
  const first = CHARACTERISTIC.find((column) => columns.includes(column));
  return first === undefined ? columns : [first, ...columns.filter((column) => column !== first)];
}
