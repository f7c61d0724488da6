/** The beginning of a stream of bytes, and all of it. */
export interface Peeked {
  head: Buffer;
  /** Closes the stream when it ends or is broken off, as `close` does where it is never read. */
  all: AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

/** Reads the first bytes of a stream, `least` of them if there are so many, to go on from the start all the same. */
export async function peek(chunks: AsyncIterable<Buffer>, least = 1): Promise<Peeked> {
  const iterator = chunks[Symbol.asyncIterator]();
  const close = async () => {
    await iterator.return?.();
  };
  let head: Buffer = Buffer.alloc(0);
  let failure: { error: unknown } | undefined;
  try {
    while (head.length < least) {
      const next = await iterator.next();
      if (next.done) break;
      head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
    }
  } catch (error) {
    failure = { error };
  }
  async function* all(): AsyncGenerator<Buffer> {
    try {
      if (head.length > 0) yield head;
      // What came before a fault is given before it.
      if (failure) throw failure.error;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await close();
    }
  }
  return { head, all: all(), close };
}
