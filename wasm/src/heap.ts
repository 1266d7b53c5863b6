import { EngineError } from "./errors.js";

/** What every WebAssembly module of the package exports. A pointer is an offset into `HEAPU8`, which is another view after memory grew. */
export interface Heap {
  readonly HEAPU8: Uint8Array;
  /** 0 where there is no memory left; never 0 for a size of 0. */
  allocate(size: number): number;
  release(pointer: number): void;
}

export interface Calls {
  /** Any call into the module. After one that failed there are no more. */
  guarded<T>(call: () => T): T;
  /** Pointer and length of the bytes while `use` runs; 0 and 0 for none. Only inside of `guarded`. */
  withBytes<T>(bytes: Uint8Array | null | undefined, use: (pointer: number, length: number) => T): T;
  /** The same for the UTF-8 form of a text. */
  withText<T>(text: string, use: (pointer: number, length: number) => T): T;
  /** The text of a block that the module made: the number of its bytes in 32 bits, then they. The block is released. */
  takenText(block: number): string;
}

export function callsInto(module: Heap): Calls {
  let stopped: unknown;

  function guarded<T>(call: () => T): T {
    if (stopped !== undefined) throw new EngineError("stopped", "the engine stopped in an earlier call; load another", stopped);
    try {
      return call();
    } catch (error) {
      if (error instanceof EngineError) throw error;
      stopped = error;
      throw new EngineError("stopped", `the engine stopped: ${error instanceof Error ? error.message : String(error)}`, error);
    }
  }

  function withBytes<T>(bytes: Uint8Array | null | undefined, use: (pointer: number, length: number) => T): T {
    if (bytes === null || bytes === undefined) return use(0, 0);
    const pointer = module.allocate(bytes.length);
    if (pointer === 0) throw new EngineError("memory", `no memory for a text of ${bytes.length} bytes`);
    module.HEAPU8.set(bytes, pointer);
    // Not in `finally`: after a failure inside the module its allocator is not to be touched.
    const result = use(pointer, bytes.length);
    module.release(pointer);
    return result;
  }

  function takenText(block: number): string {
    if (block === 0) throw new EngineError("memory", "no memory for the engine's answer");
    const { buffer } = module.HEAPU8;
    const length = new DataView(buffer, block).getUint32(0, true);
    const text = new TextDecoder().decode(new Uint8Array(buffer, block + 4, length));
    module.release(block);
    return text;
  }

  return { guarded, withBytes, takenText, withText: (text, use) => withBytes(new TextEncoder().encode(text), use) };
}
