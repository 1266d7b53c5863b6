/** Pieces of the JSON of an archive of `count` entries with content of about `bytes` bytes; the same for the same `seed`. */
export function archive(count: number, bytes?: number, seed?: number): Generator<string>;
/** Writes one to a file; answers how many bytes it has. */
export function writeArchive(path: string, count: number, bytes?: number): Promise<number>;
