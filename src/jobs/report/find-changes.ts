import { pause } from "../../flow/pause.js";
import { LowestKeys } from "../../report/draw-bands.js";
import type { Change, ChangedPair } from "../../report/model.js";
import { HashTable } from "../../store/hashes/hash-table.js";
import { halvesOf, openHash } from "../../store/hashes/hash-text.js";
import { mix } from "../../store/hashes/mix.js";
import { shortened } from "./shortened.js";

const SHOWN = 10;

const PAIRS_AT_ONCE = 2 ** 14;

/** Pairs that can be gone through again and again. */
export type PairsAgain = () => Iterable<ChangedPair> | AsyncIterable<ChangedPair>;

/**
 * Which distinct pairs came and which went, by both texts, whatever their scores. Goes over the earlier ones twice.
 * Memory: 24 to 60 bytes a distinct pair.
 *
 * @throws the signal's reason when it aborts
 */
export async function findChanges(
  name: string,
  before: PairsAgain,
  after: PairsAgain,
  signal?: AbortSignal,
): Promise<Change> {
  const hash = await openHash();
  const keyOf = ({ source, target }: ChangedPair): readonly [number, number] => {
    const [a, b] = halvesOf(hash(source.trim()));
    const [c, d] = halvesOf(hash(target.trim()));
    return [mix(a ^ Math.imul(c, 0x9e3779b1)), mix(b ^ Math.imul(d, 0x85ebca6b) ^ a)];
  };
  const [earlier, later] = [new HashTable(), new HashTable()];
  const [came, went] = [new Drawn(), new Drawn()];
  let kept = 0;
  for await (const pair of inTurns(before(), signal)) earlier.add(...keyOf(pair));
  for await (const pair of inTurns(after(), signal)) {
    const key = keyOf(pair);
    if (later.add(...key) !== "added") continue;
    if (earlier.has(...key)) kept++;
    else came.offer(pair, key[0]);
  }
  const seen = new HashTable();
  for await (const pair of inTurns(before(), signal)) {
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

/** Pairs, between which the event loop runs now and then: those of a run wait for nothing. */
async function* inTurns(pairs: ReturnType<PairsAgain>, signal?: AbortSignal): AsyncGenerator<ChangedPair> {
  let number = 0;
  for await (const pair of pairs) {
    if (number++ % PAIRS_AT_ONCE === 0) await pause(signal);
    yield pair;
  }
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
