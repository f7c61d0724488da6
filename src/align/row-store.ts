/** Where rows of numbers are kept. Those of a long document need not be in memory. */
export interface RowStore extends Disposable {
  readonly rows: number;
  readonly dimensions: number;
  /** Keeps rows from `row` on. */
  write(row: number, values: Float32Array): void;
  /** Rows from `start` up to `end`: (end − start) × dimensions. */
  read(start: number, end: number): Float32Array;
}

/** Opens room for so many rows. */
export type OpenRows = (rows: number, dimensions: number) => RowStore;

export function rowsInMemory(rows: number, dimensions: number): RowStore {
  const held = new Float32Array(rows * dimensions);
  return {
    rows,
    dimensions,
    write: (row, values) => held.set(values, row * dimensions),
    read: (start, end) => held.subarray(start * dimensions, end * dimensions),
    [Symbol.dispose]() {},
  };
}

/** Rows that are looked at together; an even number, so that no pair is cut. */
const WINDOW = 1024;

/** All rows in order, some at a time. */
export function* windowsOf(store: RowStore): Generator<Float32Array> {
  for (let start = 0; start < store.rows; start += WINDOW)
    yield store.read(start, Math.min(start + WINDOW, store.rows));
}
