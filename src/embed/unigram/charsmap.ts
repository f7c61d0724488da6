/**
 * The character map inside a SentencePiece model: a trie from UTF-8 prefixes to replacements.
 *
 * The bytes are a length, a double array of 32-bit units in the layout of darts-clone, and the replacements, each ended
 * by a zero byte. A unit holds its byte's label, whether a value follows, and the distance to its children.
 * (Yata, Oono, Morita, Fuketa, Sumitomo, Aoe 2007: A compact static double-array keeping character codes.)
 */
export class Charsmap {
  readonly #units: Uint32Array;
  readonly #replacements: Buffer;

  /** @param base64 the `precompiled_charsmap` of a `tokenizer.json` */
  constructor(base64: string) {
    const bytes = Buffer.from(base64, "base64");
    const size = bytes.readUInt32LE(0) >>> 2;
    this.#units = new Uint32Array(size).map((_, i) => bytes.readUInt32LE(4 + 4 * i));
    this.#replacements = bytes.subarray(4 + 4 * size);
  }

  /** The replacement of the shortest prefix of the chunk that has one, or nothing where none has. */
  replacement(chunk: string): string | undefined {
    const units = this.#units;
    let unit = units[0];
    let at = offset(unit);
    for (const byte of Buffer.from(chunk)) {
      if (byte === 0) return undefined;
      at ^= byte;
      unit = units[at];
      if (unit === undefined || (unit & LABEL) !== byte) return undefined;
      at ^= offset(unit);
      if (unit & HAS_VALUE) {
        const start = units[at] & VALUE;
        const end = this.#replacements.indexOf(0, start);
        return this.#replacements.toString("utf8", start, end < 0 ? undefined : end);
      }
    }
    return undefined;
  }
}

const LABEL = 0x800000ff;
const VALUE = 0x7fffffff;
const HAS_VALUE = 0x100;

function offset(unit: number): number {
  return (unit >>> 10) << ((unit & 0x200) >>> 6);
}
