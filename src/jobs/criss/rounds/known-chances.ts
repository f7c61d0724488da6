import { NO_CHOICE } from "../../../select/best.js";
import { wilson } from "../../../statistics/wilson.js";
import type { Candidates } from "../../../types/neighbours.js";
import type { Learned } from "./learned.js";
import type { TaughtPairs } from "./text-pairs.js";

/** How likely a pair of a score is right. */
type ScoreChance = (score: number) => number;

/** How likely a candidate is right, if it is known before: NaN if it is not. */
export type KnownChance = (candidate: number) => number;

/**
 * Vectors score the pairs high that they were trained on, right or wrong. What is known of such a pair is what the last
 * vectors told that were not.
 *
 * @returns nothing where no pair is known
 */
export function knownChances(
  { source, target, sourceRows }: Candidates,
  taught: TaughtPairs | undefined,
): KnownChance | undefined {
  if (taught?.chances === undefined) return undefined;
  const { sources, targets, chances } = taught;
  const places = new Int32Array(sourceRows).fill(NO_CHOICE);
  for (const [place, row] of sources.entries()) places[row] = place;
  return (candidate) => {
    const place = places[source[candidate]];
    return place !== NO_CHOICE && targets[place] === target[candidate] ? chances[place] : Number.NaN;
  };
}

/**
 * Raises what is known of pairs to what was found of those of their kind that were held out: with what the start knows of them
 * hidden, an encoder that was not trained on them finds the right ones alone. What is wrong of the pairs is lowered alike, until
 * as many are right as the lower end of that share's interval says (Wilson 1927).
 */
export function raiseChances(taught: TaughtPairs, learned: Learned | undefined): TaughtPairs {
  const { chances } = taught;
  if (chances === undefined || chances.length === 0 || learned === undefined) return taught;
  const least = wilson(learned.found * learned.pairs, learned.pairs)?.low ?? 0;
  const wrong = 1 - chances.reduce((sum, chance) => sum + chance, 0) / chances.length;
  if (wrong <= 1 - least) return taught;
  return { ...taught, chances: chances.map((chance) => 1 - ((1 - chance) * (1 - least)) / wrong) };
}

/** How likely each pair is right that the next encoder is trained on; nothing where it cannot be told. */
export function chancesOf(
  training: Uint32Array,
  { scores, byScore, known }: { scores: Float64Array; byScore?: ScoreChance; known?: KnownChance },
): Float32Array | undefined {
  if (byScore === undefined) return undefined;
  return Float32Array.from(training, (candidate) => {
    const chance = known?.(candidate) ?? Number.NaN;
    return Number.isNaN(chance) ? byScore(scores[candidate]) : chance;
  });
}
