import { LowestKeys } from "../../report/draw-bands.js";
import type { Change, ChangedPair } from "../../report/model.js";
import { HashTable } from "../../store/hashes/hash-table.js";
import { halvesOf, openHash } from "../../store/hashes/hash-text.js";
import { mix } from "../../store/hashes/mix.js";
import { shortened } from "./shortened.js";

const SHOWN = 10;

/** Pairs that can be gone through again and again. */
export type PairsAgain = () => Iterable<ChangedPair> | AsyncIterable<ChangedPair>;

/**
 * Which distinct pairs came and which went, by both texts, whatever their scores. Goes over the earlier ones twice.
 * Memory: 24 to 60 bytes a distinct pair.
 */
export async function findChanges(name: string, before: PairsAgain, after: PairsAgain): Promise<Change> {
  const hash = await openHash();
  const keyOf = ({ source, target }: ChangedPair): readonly [number, number] => {
    const [a, b] = halvesOf(hash(source.trim()));
    const [c, d] = halvesOf(hash(target.trim()));
    return [mix(a ^ Math.imul(c, 0x9e3779b1)), mix(b ^ Math.imul(d, 0x85ebca6b) ^ a)];
  };
  const [earlier, later] = [new HashTable(), new HashTable()];
  const [came, went] = [new Drawn(), new Drawn()];
  let kept = 0;
  for await (const pair of before()) earlier.add(...keyOf(pair));
  for await (const pair of after()) {
    const key = keyOf(pair);
    if (later.add(...key) !== "added") continue;
    if (earlier.has(...key)) kept++;
    else came.offer(pair, key[0]);
  }
  const seen = new HashTable();
  for await (const pair of before()) {
    const key = keyOf(pair);
    if (!later.has(...key) && seen.add(...key) === "added") went.offer(pair, key[0]);
  }
  return {
    name,
    kept,
    came: came.count,
    went: went.count,
    examples: { came: came.pairs, went: went.pairs },
  };
}

/** Counts pairs, and keeps a few of them: the same ones in whatever order they come. */
class Drawn {
  count = 0;
  private readonly held = new Map<number, ChangedPair>();
  private readonly keys = new LowestKeys(SHOWN);

  offer({ score, source, target }: ChangedPair, key: number): void {
    const number = this.count++;
    if (!this.keys.offer(number, key >>> 0)) return;
    this.held.set(number, { score, source: shortened(source), target: shortened(target) });
  }

  get pairs(): ChangedPair[] {
    return this.keys.values.map((number) => this.held.get(number)!);
  }
}
