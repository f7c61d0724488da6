/** Units below are looked up in a table: nearly all code points, and the numbers of words. */
const TABLE = 2 ** 16;

/**
 * Numbers the different units of a text from 1 on, for one text after another. The table is not cleared in between: its
 * values begin above those of the text before.
 */
export class UnitNumbers {
  /** How many different units there are. */
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

  /** The number of a unit, which it gets where it has none. */
  add(unit: number): number {
    const known = this.of(unit);
    if (known > 0) return known;
    this.count++;
    if (unit < TABLE) this.table[unit] = this.before + this.count;
    else this.others.set(unit, this.count);
    return this.count;
  }

  /** The number of a unit, 0 where it has none. */
  of(unit: number): number {
    if (unit >= TABLE) return this.others.get(unit) ?? 0;
    return Math.max(0, this.table[unit] - this.before);
  }
}
