import { Transform } from "node:stream";
import { WorkerPool } from "../../runtime/worker-pool.js";

/** What a frame goes on with. */
export interface Piece {
  /** Which of the frames that are made side by side. */
  frame: number;
  bytes: Uint8Array;
  /** Whether the frame ends with it. */
  last: boolean;
}

const WORKER = new URL("./worker.js", import.meta.url);
/** Handed over at once, at most: each time takes as long as compressing 64 KiB. */
const PIECE_BYTES = 2 ** 20;
/** Of all frames together that are made at once. */
const PIECES_BYTES = 2 ** 24;

/** Makes zstd frames on threads beside: while one compresses a piece of its frame, the next piece is made here. */
export class CompressBeside implements AsyncDisposable {
  private readonly threads: WorkerPool<Piece, never, Uint8Array>[];
  private readonly pieceBytes: number;
  private frames = 0;

  /** @param atOnce how many frames are made at a time, at most; there are no more threads than that */
  constructor(atOnce: number, threads: number) {
    const length = Math.min(threads, atOnce);
    this.threads = Array.from({ length }, () => new WorkerPool(WORKER, 1));
    this.pieceBytes = Math.min(PIECE_BYTES, PIECES_BYTES / atOnce);
  }

  /**
   * A frame of what is written, as `Compressor` makes it; what is written is held, and must not change. Memory: two pieces,
   * and about 4 MB until it ends.
   */
  frame(): Transform {
    const frame = this.frames++;
    const thread = this.threads[frame % this.threads.length];
    let before = Promise.resolve<Uint8Array>(new Uint8Array());
    let held: Buffer[] = [];
    let heldBytes = 0;
    const compressHeld = (last: boolean) => {
      const bytes = Buffer.concat(held);
      held = [];
      heldBytes = 0;
      return thread.run({ frame, bytes, last }, () => {});
    };
    return new Transform({
      transform: (chunk: Buffer, _, done) => {
        held.push(chunk);
        heldBytes += chunk.length;
        if (heldBytes < this.pieceBytes) return done();
        const ready = before;
        before = compressHeld(false);
        // Told when the next piece waits for it.
        before.catch(() => {});
        ready.then((part) => done(null, part), done);
      },
      flush(done) {
        Promise.all([before, compressHeld(true)]).then((parts) => done(null, Buffer.concat(parts)), done);
      },
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.close()));
  }
}
