import { Readable } from "node:stream";
import { orAborted } from "../flow/or-aborted.js";

/**
 * What `source` gives, until `signal` aborts: then throws the signal's reason, even while a chunk is being waited for
 * (standard input may never send one). A consumer that breaks off closes the source.
 */
export async function* untilAborted<T>(source: AsyncIterable<T>, signal?: AbortSignal): AsyncGenerator<T> {
  if (!signal) return yield* source;
  signal.throwIfAborted();
  const iterator = source[Symbol.asyncIterator]();
  let waiting = true;
  let ended = false;
  try {
    for (;;) {
      waiting = true;
      const next = await orAborted(iterator.next(), signal);
      waiting = false;
      ended = next.done === true;
      if (ended) return;
      yield next.value;
    }
  } finally {
    if (waiting) abandon(source, iterator);
    else if (!ended) await iterator.return?.();
  }
}

/** Closes a source that may still be busy with its last chunk, without waiting for it. */
function abandon<T>(source: AsyncIterable<T>, iterator: AsyncIterator<T>): void {
  // A stream's iterator that is waiting returns only when the wait ends: when the stream is destroyed.
  if (source instanceof Readable) source.destroy();
  iterator.return?.().catch(() => {});
}
