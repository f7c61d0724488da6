/**
 * Elements whose first has been looked at, from that one on; an error in place of an end is thrown. They are closed when it
 * ends, or is broken off.
 */
export async function* startingWith<T>(
  first: IteratorResult<T>,
  elements: AsyncGenerator<T>,
): AsyncGenerator<T> {
  try {
    if (first.done && first.value instanceof Error) throw first.value;
    if (first.done) return;
    yield first.value;
    yield* elements;
  } finally {
    await elements.return(undefined);
  }
}
