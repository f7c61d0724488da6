import type { Zstd } from "./load-zstd.js";

const IN_BYTES = 16 * 1024;
/** No less than a block, so that no call is made for a part of one. */
const OUT_BYTES = 128 * 1024;
/** A C struct of an address, a size and a position, each of four bytes. */
const BUFFER_BYTES = 12;

/** What one call took and gave. */
export interface Step {
  /** What the function returned. */
  result: number;
  bytes: Buffer;
  consumed: number;
  /** Whether no room was left for more. */
  full: boolean;
}

/** Memory of the module through which a context takes bytes in and gives bytes out. */
export class Exchange {
  private readonly output: number;
  private readonly input: number;

  constructor(private readonly zstd: Zstd) {
    this.output = allocate(zstd, 2 * BUFFER_BYTES + IN_BYTES + OUT_BYTES);
    this.input = this.output + BUFFER_BYTES;
  }

  /**
   * Passes bytes to a function of the module: no more than it has room for.
   *
   * @param call takes the addresses of what it gives and of what it takes
   * @throws Error with zstd's own words
   */
  pass(bytes: Uint8Array, call: (output: number, input: number) => number): Step {
    const from = this.input + BUFFER_BYTES;
    const to = from + IN_BYTES;
    const part = bytes.subarray(0, IN_BYTES);
    new Uint8Array(this.zstd.memory.buffer).set(part, from);
    new Uint32Array(this.zstd.memory.buffer, this.output, 6).set([to, OUT_BYTES, 0, from, part.length, 0]);
    const result = check(this.zstd, call(this.output, this.input));
    // The memory may have grown, which leaves views of it empty.
    const { buffer } = this.zstd.memory;
    const [, , produced, , , consumed] = new Uint32Array(buffer, this.output, 6);
    const given = Buffer.from(new Uint8Array(buffer, to, produced));
    return { result, bytes: given, consumed, full: produced === OUT_BYTES };
  }

  close(): void {
    this.zstd.free(this.output);
  }
}

/** @throws Error if there is no such memory, which WebAssembly has 4 GiB of */
export function allocate(zstd: Zstd, bytes: number): number {
  const address = zstd.malloc(bytes);
  if (address === 0) throw new Error("zstd is out of memory");
  return address;
}

/** @throws Error with zstd's own words, if that is what the result means */
export function check(zstd: Zstd, result: number): number {
  if (!zstd.ZSTD_isError(result)) return result;
  const name = Buffer.from(zstd.memory.buffer, zstd.ZSTD_getErrorName(result));
  throw new Error(name.toString("latin1", 0, name.indexOf(0)));
}
