/** Parts below are looked up in a table: nearly all code points, and the numbers of words. */
const TABLE = 2 ** 16;

/**
 * Numbers the different parts of a text from 1 on, of one text after the other. The table is not cleared between them: what
 * it holds begins above that of the text before.
 */
export class PartNumbers {
  /** How many different parts there are. */
  count = 0;
  private readonly table = new Float64Array(TABLE);
  private readonly others = new Map<number, number>();
  private before = 0;

  /** Forgets the text before. */
  begin(): void {
    this.before += this.count;
    this.count = 0;
    this.others.clear();
  }

  /** The number of a part, which it gets where it has none. */
  add(part: number): number {
    const known = this.of(part);
    if (known > 0) return known;
    this.count++;
    if (part < TABLE) this.table[part] = this.before + this.count;
    else this.others.set(part, this.count);
    return this.count;
  }

  /** The number of a part, 0 where it has none. */
  of(part: number): number {
    if (part >= TABLE) return this.others.get(part) ?? 0;
    return Math.max(0, this.table[part] - this.before);
  }
}
