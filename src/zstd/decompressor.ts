import { allocate, check, Exchange } from "./exchange.js";
import { loadZstd, type Zstd } from "./load-zstd.js";

const SESSION_ONLY = 1;

/** What one step took and gave. */
export interface Unpacked {
  bytes: Buffer;
  /** How many of the packed bytes it took. */
  consumed: number;
  /** Whether a frame ends with these bytes; its checksum, if it has one, is theirs. */
  ended: boolean;
  /** Whether more may come without more packed bytes. */
  full: boolean;
}

/**
 * Decompresses frames, those to be skipped among them, a step at a time. Memory: twice 128 KiB and the window of a frame,
 * which is 128 MiB at most, until it is disposed of.
 */
export class Decompressor implements Disposable {
  private readonly exchange: Exchange;
  private readonly context: number;

  private constructor(
    private readonly zstd: Zstd,
    dictionary?: Uint8Array,
  ) {
    this.exchange = new Exchange(zstd);
    this.context = zstd.ZSTD_createDCtx();
    if (dictionary) this.loadDictionary(dictionary);
  }

  /** @param dictionary of all frames: one that zstd trained, or any bytes */
  static async open(dictionary?: Uint8Array): Promise<Decompressor> {
    return new Decompressor(await loadZstd(), dictionary);
  }

  /**
   * Gives up to 128 KiB, and takes no byte behind the end of a frame.
   *
   * @throws Error if the frame is damaged; the next step begins another one
   */
  step(packed: Uint8Array): Unpacked {
    try {
      const { result, ...step } = this.exchange.pass(packed, (output, input) =>
        this.zstd.ZSTD_decompressStream(this.context, output, input),
      );
      return { ...step, ended: result === 0 };
    } catch (error) {
      this.reset();
      throw error;
    }
  }

  /** Forgets the frame in hand. */
  reset(): void {
    this.zstd.ZSTD_DCtx_reset(this.context, SESSION_ONLY);
  }

  [Symbol.dispose](): void {
    this.zstd.ZSTD_freeDCtx(this.context);
    this.exchange.close();
  }

  private loadDictionary(dictionary: Uint8Array): void {
    const copy = allocate(this.zstd, dictionary.length);
    new Uint8Array(this.zstd.memory.buffer).set(dictionary, copy);
    try {
      check(this.zstd, this.zstd.ZSTD_DCtx_loadDictionary(this.context, copy, dictionary.length));
    } finally {
      this.zstd.free(copy);
    }
  }
}
