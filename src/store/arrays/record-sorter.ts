import { RecordFile, type Records } from "../files/record-file.js";

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
/** Records that room is made for at once, at most. */
const BLOCK = 4096;

/**
 * Puts any number of records in ascending order. They are held until the memory is full, sorted, and written to a file, one
 * run of them after the other; in the end all runs are merged. So a record is written once, and only where not all fit.
 */
export class RecordSorter implements Disposable {
  length = 0;
  /** Room for records, a block at a time, so that nothing is copied when there are more. */
  private blocks: Float64Array[] = [];
  private held = 0;
  private readonly most: number;
  private readonly block: number;
  private readonly file: RecordFile;
  private readonly runs: { first: number; end: number }[] = [];

  constructor(private readonly options: RecordSorterOptions) {
    const { path, memoryBytes, width } = options;
    this.most = Math.max(1, Math.floor(memoryBytes / (8 * width + PLACE_BYTES)));
    this.block = Math.min(BLOCK, this.most);
    this.file = new RecordFile(path, width);
  }

  /** @throws OutputError if what does not fit cannot be written */
  add(record: Readonly<ArrayLike<number>>): void {
    const { width } = this.options;
    const [block, place] = this.placeOf(this.held++);
    this.blocks[block] ??= new Float64Array(this.block * width);
    this.blocks[block].set(record, place);
    this.length++;
    if (this.held === this.most) this.writeRun();
  }

  /** All records in their order; each is one only until the next is asked for. Nothing can be added any more. */
  *sorted(): Records {
    if (this.runs.length === 0) {
      yield* this.sortedHeld();
      return;
    }
    if (this.held > 0) this.writeRun();
    this.blocks = [];
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
    this.held = 0;
  }

  private *sortedHeld(): Records {
    const { blocks, options } = this;
    const order = Uint32Array.from({ length: this.held }, (_, record) => record);
    order.sort((a, b) => {
      const [block, at] = this.placeOf(a);
      const [other, place] = this.placeOf(b);
      return this.compare(blocks[block], at, blocks[other], place);
    });
    for (const record of order) {
      const [block, at] = this.placeOf(record);
      yield blocks[block].subarray(at, at + options.width);
    }
  }

  /** The block that a record is in, and where it begins there. */
  private placeOf(record: number): [block: number, place: number] {
    const block = Math.floor(record / this.block);
    return [block, (record - block * this.block) * this.options.width];
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
