/** Words of one generation, and the longest that is kept, in UTF-16 units. */
const GENERATION = 1 << 16;
const LONGEST = 32;

/**
 * Remembers what words gave, the last 65,536 new ones and as many before them; at most about 40 MB.
 */
export class WordCache<T> {
  #young = new Map<string, T>();
  #old = new Map<string, T>();

  get(word: string, make: (word: string) => T): T {
    const found = this.#young.get(word);
    if (found !== undefined) return found;
    const value = this.#old.get(word) ?? make(word);
    if (word.length > LONGEST) return value;
    if (this.#young.size >= GENERATION) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    // V8 lets a slice keep the text that it was cut from; a copy does not.
    this.#young.set(Buffer.from(word, "utf16le").toString("utf16le"), value);
    return value;
  }
}
