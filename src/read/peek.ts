/** The beginning of a stream of bytes, and all of it. */
export interface Peeked {
  head: Buffer;
  /** Closes the stream when it ends or is broken off, as `close` does where it is never read. */
  all: AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

/**
 * Reads the first bytes of a stream, `least` of them if there are so many, to go on from the start all the same.
 *
 * @param decode what makes the bytes that are looked at of those that go on
 */
export async function peek(
  chunks: AsyncIterable<Buffer>,
  least = 1,
  decode = (bytes: AsyncIterable<Buffer>) => bytes,
): Promise<Peeked> {
  const iterator = chunks[Symbol.asyncIterator]();
  const close = async () => {
    await iterator.return?.();
  };
  const seen: Buffer[] = [];
  let failure: { error: unknown } | undefined;
  async function* ahead(): AsyncGenerator<Buffer> {
    try {
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
        seen.push(next.value);
        yield next.value;
      }
    } catch (error) {
      failure = { error };
    }
  }
  let head: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of decode(ahead())) {
      head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
      if (head.length >= least) break;
    }
  } catch {
    // Whoever decodes all meets the fault again.
  }
  async function* all(): AsyncGenerator<Buffer> {
    try {
      if (seen.length > 0) yield Buffer.concat(seen.splice(0));
      // What came before a fault is given before it.
      if (failure) throw failure.error;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await close();
    }
  }
  return { head, all: all(), close };
}
