/** Numbers by the candidates that they are of. */
export interface NumberColumn {
  /** Fills an array with those from `first` on. */
  readInto(first: number, values: Float64Array): void;
}

/** Reads a column by blocks, into memory that is used anew: a block's numbers are there until the next are read. */
export class BlockNumbers {
  private room = new Float64Array();

  constructor(private readonly column: NumberColumn) {}

  read({ first, length }: { first: number; length: number }): Float64Array {
    if (length > this.room.length) this.room = new Float64Array(length);
    const values = this.room.subarray(0, length);
    this.column.readInto(first, values);
    return values;
  }
}
