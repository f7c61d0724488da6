import { NumberFile } from "./number-file.js";

/** Records one after the other, each of which is one only until the next is asked for. */
export type Records = Generator<Float64Array, void, undefined>;

const BUFFER_BYTES = 2 ** 16;

/** How many records are written at once, and read. */
const bufferedOf = (width: number) => Math.ceil(BUFFER_BYTES / (width * Float64Array.BYTES_PER_ELEMENT));

/** Records of numbers, each found by its number, in a file that is made when it is needed and gone when it is disposed of. */
export class RecordFile implements Disposable {
  length = 0;
  private file: NumberFile | undefined;
  private readonly waiting: Float64Array;
  private waitingRecords = 0;
  /** What was read ahead. */
  private readonly ahead: { first: number; end: number; values: Float64Array };
  private next = 0;

  /** @param width numbers a record */
  constructor(
    private readonly path: string,
    private readonly width: number,
  ) {
    this.waiting = new Float64Array(bufferedOf(width) * width);
    this.ahead = { first: 0, end: 0, values: new Float64Array(this.waiting.length) };
  }

  /** @throws OutputError if it cannot be written */
  append(record: Readonly<ArrayLike<number>>): void {
    this.waiting.set(record, this.waitingRecords++ * this.width);
    this.length++;
    if (this.waitingRecords * this.width === this.waiting.length) this.flush();
  }

  /** Writes what waits; only then can it be read. @throws OutputError if it cannot be written */
  flush(): void {
    const { waiting, waitingRecords, width } = this;
    this.file ??= new NumberFile(this.path);
    this.file.write((this.length - waitingRecords) * width, waiting.subarray(0, waitingRecords * width));
    this.waitingRecords = 0;
  }

  /**
   * The record of a number, which is one only until the next is asked for; those that follow are read with it while they
   * are asked for in their order.
   */
  at(number: number): Float64Array {
    const { width, ahead } = this;
    const isNext = number === this.next;
    this.next = number + 1;
    if (number < ahead.first || number >= ahead.end) {
      const most = isNext ? this.ahead.values.length / width : 1;
      this.ahead.first = number;
      this.ahead.end = Math.min(this.length, number + most);
      this.file!.readInto(number * width, ahead.values.subarray(0, (ahead.end - number) * width));
    }
    const place = (number - ahead.first) * width;
    return ahead.values.subarray(place, place + width);
  }

  /** Records from `first` up to `end`, of which so many are held at once. */
  *read(first = 0, end = this.length, held = bufferedOf(this.width)): Records {
    const { width } = this;
    const buffer = new Float64Array(Math.min(held, end - first) * width);
    for (let start = first; start < end; start += held) {
      const values = buffer.subarray(0, Math.min(held, end - start) * width);
      this.file!.readInto(start * width, values);
      for (let at = 0; at < values.length; at += width) yield values.subarray(at, at + width);
    }
  }

  [Symbol.dispose](): void {
    this.file?.[Symbol.dispose]();
    this.file = undefined;
  }
}
