import type { Duplicates, RepeatedText } from "../../report/model.js";
import { GrowingArray } from "../../store/arrays/growing-array.js";
import { DistinctTexts } from "../../store/hashes/distinct-texts.js";
import type { Pair } from "../../types/bitexts.js";
import { highest } from "./most-often.js";
import { shortened } from "./shortened.js";

/** Counts how often the pairs of a bitext, and the texts of each side, stand there. */
export class RepeatCounter {
  private pairs = 0;

  private constructor(
    private readonly distinct: DistinctTexts,
    private readonly source: Occurrences,
    private readonly target: Occurrences,
  ) {}

  static async create(): Promise<RepeatCounter> {
    const [pairs, source, target] = [DistinctTexts, DistinctTexts, DistinctTexts].map((kind) =>
      kind.create(),
    );
    return new RepeatCounter(await pairs, new Occurrences(await source), new Occurrences(await target));
  }

  add(source: string, target: string): void {
    this.source.add(source, this.pairs);
    this.target.add(target, this.pairs);
    this.distinct.add(`${source}\n${target}`);
    this.pairs++;
  }

  /** The numbers of the pairs that have the texts that `finish` shows. */
  get numbers(): number[] {
    return [...this.source.most(), ...this.target.most()].map(({ pair }) => pair);
  }

  /** @param found the pairs of those numbers */
  finish(found: ReadonlyMap<number, Pair>): Duplicates {
    const texts = (side: "source" | "target"): RepeatedText[] =>
      this[side].most().map(({ pair, times }) => ({ times, text: shortened(found.get(pair)![side]) }));
    return {
      counts: [
        { what: "pairs that had come before", count: this.pairs - this.distinct.size },
        { what: "pairs whose source had come before", count: this.pairs - this.source.size },
        { what: "pairs whose target had come before", count: this.pairs - this.target.size },
      ],
      repeated: { source: texts("source"), target: texts("target") },
    };
  }
}

/** How often each text of a side occurs, and in which pair first. */
class Occurrences {
  private readonly times = new GrowingArray(Uint32Array);
  private readonly first = new GrowingArray(Uint32Array);

  constructor(private readonly distinct: DistinctTexts) {}

  get size(): number {
    return this.distinct.size;
  }

  add(text: string, pair: number): void {
    const number = this.distinct.add(text);
    if (number === this.times.length) {
      this.times.push(1);
      this.first.push(pair);
    } else this.times.set(number, this.times.at(number) + 1);
  }

  most(): { pair: number; times: number }[] {
    return highest(this.times.values(), 2).map((text) => ({
      pair: this.first.at(text),
      times: this.times.at(text),
    }));
  }
}
