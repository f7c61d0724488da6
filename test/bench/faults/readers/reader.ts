/** Something that reads files which may be spoiled. */
export interface Reader {
  name: string;
  /**
   * Writes sound files into an empty folder.
   *
   * @returns the paths there of those that are to be spoiled
   */
  make(folder: string): Promise<string[]>;
  /** Reads what lies in the folder, which is its own to write in, and gives all that it read; or throws. */
  read(folder: string): Promise<unknown>;
  /** Files that carry checksums: if one is spoiled, what is read is the same as before, or an error. */
  isChecked?(file: string): boolean;
  /** Packs what was spoiled inside of something sound. */
  pack?(file: string, bytes: Buffer): Buffer;
}

/** Everything that comes, in a list. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
