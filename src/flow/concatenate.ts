/** Goes through several iterables, one after the other. */
export function* concatenate<T>(...iterables: Iterable<T>[]): Generator<T> {
  for (const iterable of iterables) yield* iterable;
}
