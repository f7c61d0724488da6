/** Rows from `first` up to `end`. */
export interface Range {
  first: number;
  end: number;
}

/** Cuts what is from `first` up to `end` into ranges of `size`, the last perhaps shorter. */
export function* ranges(first: number, end: number, size: number): Generator<Range> {
  for (let start = first; start < end; start += size)
    yield { first: start, end: Math.min(start + size, end) };
}

/** The rows of a range, counted from `from`. */
export function idsOf({ first, end }: Range, from = 0): Uint32Array {
  const ids = new Uint32Array(end - first);
  for (let i = 0; i < ids.length; i++) ids[i] = first - from + i;
  return ids;
}
