export interface FirstOccurrencesOptions {
  /** A folder of its own for what does not fit: made when it is needed, emptied of what a killed run left, removed in the end. */
  folder: string;
  memoryBytes: number;
}

/** Which positions of a stream of hashes are the first of their value. */
export interface Firsts {
  /** How many hashes came. */
  readonly length: number;
  /** How many of them were the first of their value. */
  readonly count: number;
  /** Whether the hash at `position` was; asked in ascending order this is fast whatever the size. */
  has(position: number): boolean;
  /** Removes the folder. */
  close(): void;
}

/** Collects hashes of any number within `memoryBytes`, spilling to files. */
export class FirstOccurrences {
  constructor(_options: FirstOccurrencesOptions) {
    throw new Error("not written yet");
  }

  /** Takes the next hashes of the stream. */
  add(_hashes: BigUint64Array): void {
    throw new Error("not written yet");
  }

  /** Says which were the first; nothing can be added afterwards. */
  async finish(_signal?: AbortSignal): Promise<Firsts> {
    throw new Error("not written yet");
  }

  /** Gives up: removes the folder. */
  close(): void {
    throw new Error("not written yet");
  }
}
