import { InputError } from "../../errors.js";
import type { Pair } from "../../types/bitexts.js";
import type { Line } from "../lines.js";

interface Side {
  name: string;
  lines: AsyncGenerator<Line[]>;
}

/**
 * Pairs line n of one file with line n of the other. A line that is left out on one side leaves its pair out.
 *
 * @throws InputError with both counts, if one file has more lines, once what both have has been given
 */
export async function* joinLines(source: Side, target: Side): AsyncGenerator<Pair[]> {
  const [left, right] = [new LineQueue(source.lines), new LineQueue(target.lines)];
  try {
    for (;;) {
      const [x, y] = [await left.peek(), await right.peek()];
      if (x.length === 0 || y.length === 0) break;
      const pairs: Pair[] = [];
      let [i, j] = [0, 0];
      while (i < x.length && j < y.length) {
        if (x[i].line === y[j].line) pairs.push({ source: x[i].text, target: y[j].text, line: x[i].line });
        const ahead = x[i].line - y[j].line;
        if (ahead <= 0) i++;
        if (ahead >= 0) j++;
      }
      left.drop(i);
      right.drop(j);
      yield pairs;
    }
    const [count, otherCount] = [await left.countAll(), await right.countAll()];
    if (count === otherCount) return;
    const problem = `has ${count} lines, but ${target.name} has ${otherCount}; expected line n of one to translate line n of the other.`;
    throw new InputError({ path: source.name }, problem, { advice: "See whether one of them is cut short." });
  } finally {
    await source.lines.return(undefined);
    await target.lines.return(undefined);
  }
}

class LineQueue {
  private held: Line[] = [];
  private last = 0;

  constructor(private readonly lines: AsyncGenerator<Line[]>) {}

  /** The lines that are next, as many as happen to be ready; none at the end. */
  async peek(): Promise<Line[]> {
    while (this.held.length === 0) {
      const next = await this.lines.next();
      if (next.done) break;
      this.held = next.value;
      this.last = this.held.at(-1)?.line ?? this.last;
    }
    return this.held;
  }

  drop(count: number): void {
    this.held = this.held.slice(count);
  }

  /** How many lines there are in all, when the rest has been read. */
  async countAll(): Promise<number> {
    while ((await this.peek()).length > 0) this.held = [];
    return this.last;
  }
}
