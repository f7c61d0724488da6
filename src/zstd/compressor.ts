import { Exchange } from "./exchange.js";
import { loadZstd, type Zstd } from "./load-zstd.js";

/** Parameters of zstd, by the numbers that its header gives them. */
const LEVEL = 100;
const CHECKSUM = 201;
/** What a call is to do with what is held back. */
const KEEP = 0;
const END = 2;

/** Compresses one frame with a checksum, at level 3 as the zstd command does. Memory: about 4 MB until it is closed. */
export class Compressor {
  private readonly exchange: Exchange;
  private readonly context: number;
  private closed = false;

  private constructor(private readonly zstd: Zstd) {
    this.exchange = new Exchange(zstd);
    this.context = zstd.ZSTD_createCCtx();
    zstd.ZSTD_CCtx_setParameter(this.context, LEVEL, 3);
    zstd.ZSTD_CCtx_setParameter(this.context, CHECKSUM, 1);
  }

  static async open(): Promise<Compressor> {
    return new Compressor(await loadZstd());
  }

  *add(bytes: Uint8Array): Generator<Buffer> {
    for (let rest = bytes; rest.length > 0; ) {
      const step = this.pass(rest, KEEP);
      if (step.bytes.length > 0) yield step.bytes;
      rest = rest.subarray(step.consumed);
    }
  }

  /** The rest of the frame. */
  *end(): Generator<Buffer> {
    for (let missing = 1; missing > 0; ) {
      const step = this.pass(new Uint8Array(), END);
      if (step.bytes.length > 0) yield step.bytes;
      missing = step.result;
    }
  }

  /** May be called twice, as a stream may be destroyed. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.zstd.ZSTD_freeCCtx(this.context);
    this.exchange.close();
  }

  private pass(bytes: Uint8Array, end: number) {
    return this.exchange.pass(bytes, (output, input) =>
      this.zstd.ZSTD_compressStream2(this.context, output, input, end),
    );
  }
}
