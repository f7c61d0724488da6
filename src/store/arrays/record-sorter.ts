import { RecordFile, type Records } from "../files/record-file.js";
import { GrowingArray } from "./growing-array.js";

export interface RecordSorterOptions {
  /** A file for what does not fit: made when it is needed, removed in the end. */
  path: string;
  /** What it may hold; a few kilobytes are the least that it takes. */
  memoryBytes: number;
  /** Numbers of a record. */
  width: number;
  /** By how many of them, the first of a record, it is sorted. */
  keys: number;
}

/** Beside a record's own numbers: its place, and the two lists of places that the engine sorts by. */
const PLACE_BYTES = 4 + 2 * 8;
/** The array is copied when it grows, so that it may be half of what is held. */
const HELD_SHARE = 1 / 2;

/**
 * Puts any number of records in ascending order. They are held until the memory is full, sorted, and written to a file, one
 * run of them after the other; in the end all runs are merged. So a record is written once, and only where not all fit.
 */
export class RecordSorter implements Disposable {
  length = 0;
  private held = new GrowingArray(Float64Array);
  private readonly most: number;
  private readonly file: RecordFile;
  private readonly runs: { first: number; end: number }[] = [];

  constructor(private readonly options: RecordSorterOptions) {
    const { path, memoryBytes, width } = options;
    this.most = Math.max(1, Math.floor((HELD_SHARE * memoryBytes) / (8 * width + PLACE_BYTES)));
    this.file = new RecordFile(path, width);
  }

  /** @throws OutputError if what does not fit cannot be written */
  add(record: Readonly<ArrayLike<number>>): void {
    for (let i = 0; i < this.options.width; i++) this.held.push(record[i]);
    this.length++;
    if (this.held.length === this.most * this.options.width) this.writeRun();
  }

  /** All records in their order; each is one only until the next is asked for. Nothing can be added any more. */
  *sorted(): Records {
    if (this.runs.length === 0) {
      yield* this.sortedHeld();
      return;
    }
    if (this.held.length > 0) this.writeRun();
    this.held = new GrowingArray(Float64Array);
    const buffer = Math.floor(this.options.memoryBytes / this.runs.length / (8 * this.options.width));
    yield* this.merged(this.runs.map(({ first, end }) => this.file.read(first, end, Math.max(1, buffer))));
  }

  [Symbol.dispose](): void {
    this.file[Symbol.dispose]();
  }

  private writeRun(): void {
    const first = this.file.length;
    for (const record of this.sortedHeld()) this.file.append(record);
    this.file.flush();
    this.runs.push({ first, end: this.file.length });
    this.held.clear();
  }

  private *sortedHeld(): Records {
    const { width } = this.options;
    const values = this.held.view();
    const order = Uint32Array.from({ length: values.length / width }, (_, record) => record * width);
    order.sort((a, b) => this.compare(values, a, values, b));
    for (const at of order) yield values.subarray(at, at + width);
  }

  private merged(runs: Records[]): Records {
    if (runs.length === 1) return runs[0];
    const middle = runs.length >> 1;
    return this.mergedTwo(this.merged(runs.slice(0, middle)), this.merged(runs.slice(middle)));
  }

  private *mergedTwo(one: Records, other: Records): Records {
    let [a, b] = [one.next(), other.next()];
    while (!a.done && !b.done)
      if (this.compare(a.value, 0, b.value, 0) <= 0) {
        yield a.value;
        a = one.next();
      } else {
        yield b.value;
        b = other.next();
      }
    for (; !a.done; a = one.next()) yield a.value;
    for (; !b.done; b = other.next()) yield b.value;
  }

  private compare(values: Float64Array, at: number, others: Float64Array, other: number): number {
    for (let key = 0; key < this.options.keys; key++) {
      const difference = values[at + key] - others[other + key];
      if (difference !== 0) return difference;
    }
    return 0;
  }
}
