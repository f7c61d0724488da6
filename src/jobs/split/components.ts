import { OptionError } from "../../errors.js";
import { option, say } from "../../wording.js";

const CHUNK_BITS = 18;
const CHUNK = 2 ** CHUNK_BITS;
/** What is taken at a time. */
export const COMPONENTS_BYTES = CHUNK * Int32Array.BYTES_PER_ELEMENT;

/**
 * Which pairs are linked, directly or through others: a disjoint-set forest (Tarjan 1975). A component is known by its
 * first pair. Memory: 4 bytes for each pair.
 */
export class Components {
  length = 0;
  /**
   * For a component's first pair, minus the number of its pairs; for another pair, an earlier one that it is linked to.
   */
  private readonly chunks: Int32Array[] = [];

  /** @param mostBytes what it may take */
  constructor(private readonly mostBytes: number) {}

  /**
   * Adds a pair that is not linked yet.
   *
   * @throws OptionError if there is no memory for it
   */
  add(): number {
    if (this.length === this.chunks.length * CHUNK) {
      if ((this.chunks.length + 1) * COMPONENTS_BYTES > this.mostBytes)
        throw new OptionError(
          say`${option("memory")} is too small for more than ${this.length} pairs, each of which takes 8 bytes.`,
          { advice: "Give more." },
        );
      this.chunks.push(new Int32Array(CHUNK).fill(-1));
    }
    return this.length++;
  }

  /** The first pair of a pair's component. */
  firstOf(pair: number): number {
    let at = pair;
    for (;;) {
      const up = this.get(at);
      if (up < 0) return at;
      const above = this.get(up);
      if (above < 0) return up;
      this.set(at, above);
      at = above;
    }
  }

  isFirst(pair: number): boolean {
    return this.get(pair) < 0;
  }

  /** How many pairs the component of a first pair has. */
  sizeOf(first: number): number {
    return -this.get(first);
  }

  join(a: number, b: number): void {
    const [x, y] = [this.firstOf(a), this.firstOf(b)];
    if (x === y) return;
    const [first, later] = x < y ? [x, y] : [y, x];
    this.set(first, this.get(first) + this.get(later));
    this.set(later, first);
  }

  private get(pair: number): number {
    return this.chunks[pair >>> CHUNK_BITS][pair & (CHUNK - 1)];
  }

  private set(pair: number, value: number): void {
    this.chunks[pair >>> CHUNK_BITS][pair & (CHUNK - 1)] = value;
  }
}
