/** Rows by the list that they are in: those of list l are `items[starts[l]]` up to `items[starts[l + 1]]`, ascending. */
export interface Grouped {
  starts: Uint32Array;
  /** For several threads. */
  items: Uint32Array;
}

/** @param lists the lists of each row, the same number `each` of every row */
export function groupByList(lists: Uint16Array, each: number, count: number): Grouped {
  const starts = new Uint32Array(count + 1);
  for (const list of lists) starts[list + 1]++;
  for (let list = 0; list < count; list++) starts[list + 1] += starts[list];
  const items = new Uint32Array(new SharedArrayBuffer(4 * lists.length));
  const next = starts.slice(0, count);
  for (let at = 0, row = 0; at < lists.length; row++)
    for (const end = at + each; at < end; at++) items[next[lists[at]]++] = row;
  return { starts, items };
}
