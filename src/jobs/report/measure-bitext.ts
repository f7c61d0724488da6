import type { JobEvent } from "../../events.js";
import { countWords } from "../../report/count-words.js";
import type { MeasuredPairs } from "../../report/measured-pairs.js";
import type { Hosts } from "../../report/model.js";
import { GrowingArray } from "../../store/arrays/growing-array.js";
import type { Pair } from "../../types/bitexts.js";
import { addressesOf } from "./addresses-of.js";
import { HostCounter } from "./count-hosts.js";
import { RepeatCounter } from "./count-repeats.js";

/** The numbers of a bitext's pairs. */
export interface MeasuredBitext {
  /** How many there are. */
  pairs: number;
  /** Of those that have a score. */
  scored: MeasuredPairs;
  /** Of all. */
  all: Pick<MeasuredPairs, "characters">;
  /** The number in the bitext, from 0, of one that has a score. */
  numberOf(scored: number): number;
  repeated: RepeatCounter;
  hosts?: Hosts;
}

/** Reads a bitext through. Memory: 36 bytes a pair, and some 60 for what tells the repeated ones. */
export async function measureBitext(
  batches: AsyncIterable<Pair[]>,
  onEvent: (event: JobEvent) => void,
): Promise<MeasuredBitext> {
  const scores = new GrowingArray(Float64Array);
  const numbers = new GrowingArray(Uint32Array);
  const words = { source: new GrowingArray(Uint32Array), target: new GrowingArray(Uint32Array) };
  const characters = { source: new GrowingArray(Uint32Array), target: new GrowingArray(Uint32Array) };
  const repeated = await RepeatCounter.create();
  const hosts = new HostCounter();
  let pairs = 0;
  for await (const batch of batches) {
    for (const pair of batch) {
      const { source, target, score } = pair;
      characters.source.push(source.length);
      characters.target.push(target.length);
      repeated.add(source, target);
      hosts.add(...addressesOf(pair));
      if (score !== undefined && Number.isFinite(score)) {
        scores.push(score);
        numbers.push(pairs);
        words.source.push(countWords(source));
        words.target.push(countWords(target));
      }
      pairs++;
    }
    onEvent({ kind: "progress", stage: "read", done: pairs, unit: "pairs" });
  }
  const all = { source: characters.source.values(), target: characters.target.values() };
  const isAll = scores.length === pairs;
  const ofScored = (values: Uint32Array) =>
    isAll ? values : numbers.values().map((number) => values[number]);
  return {
    pairs,
    scored: {
      scores: scores.values(),
      words: { source: words.source.values(), target: words.target.values() },
      characters: { source: ofScored(all.source), target: ofScored(all.target) },
    },
    all: { characters: all },
    numberOf: (scored) => numbers.at(scored),
    repeated,
    hosts: hosts.finish(),
  };
}
