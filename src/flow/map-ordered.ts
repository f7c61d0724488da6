import pLimit from "p-limit";

/**
 * Maps items with up to `concurrency` at work at once, and gives the results in the order of the items.
 *
 * No more than `concurrency` items are taken ahead of the one that is waited for, so memory stays bounded. When the
 * consumer breaks off, no further item is taken.
 */
export async function* mapOrdered<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  concurrency: number,
  map: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const limit = pLimit(concurrency);
  const pending: Promise<R>[] = [];
  for await (const item of items) {
    const result = limit(map, item);
    // One that fails while an earlier one is waited for is reported in its turn.
    result.catch(() => {});
    pending.push(result);
    if (pending.length >= concurrency) yield await pending.shift()!;
  }
  while (pending.length > 0) yield await pending.shift()!;
}
