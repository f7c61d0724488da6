import { sum } from "../statistics/sum.js";
import { neverRising } from "./never-rising.js";
import type { OrderedPairs } from "./ordered-pairs.js";
import type { SampledPairs } from "./sampled-pairs.js";
import { type Settled, settle, type Way } from "./settle.js";
import { findingRates, shareByLonely } from "./share-of-right.js";

/** Right and wrong pairs as they were told apart. */
export interface ToldApart {
  /** How likely each pair is right, from the highest score down. */
  chances: Float64Array;
  /** What tells, and what it told: the mean of all is taken. */
  ways: readonly { way: Way; settled: Settled }[];
}

/** How pairs are told apart. */
export interface TellOptions {
  /** How often each pair counts. @default once */
  counts?: Float64Array;
  /** What all pairs told, where counts are a resample of them: what tells, where it starts, how wrong scores lean. */
  start?: ToldApart;
}

/**
 * Tells right pairs from wrong ones by their scores, with expectation maximisation (Dempster, Laird & Rubin 1977).
 *
 * The scores of wrong pairs lie on a curve that two kinds of witnesses give: pairs as far as they are wrong, and decoys
 * as far as their pairs are right. Right pairs lie on another one, and a higher score is never less likely to be right.
 *
 * Two things can tell beside scores, each on its own, and the mean of what they tell is nearer to the truth than either:
 *
 * - Sentences without a pair tell how many pairs are right, as much as scores do, if their standard error is below the
 *   share that scores alone tell: of few right pairs they would tell nothing but chance.
 * - Sentences that are each other's first choice are rarer among wrong pairs, as decoys show. Wrong pairs that are, and
 *   those that are not, have a curve each.
 */
export function tellApart(
  ordered: OrderedPairs,
  { counts = new Float64Array(ordered.pairs.scores.length).fill(1), start }: TellOptions = {},
): ToldApart {
  const ways = start?.ways.map(({ way, settled }) => ({
    way,
    settled: settle(ordered, counts, way, settled),
  })) ?? [byLonely(ordered, counts), ...byChoice(ordered, counts)];
  const mean = ordered.pairs.scores.map(
    (_, i) => ways.reduce((total, { settled }) => total + settled.chances[i], 0) / ways.length,
  );
  return { chances: neverRising(mean, counts), ways };
}

/** By scores, and sentences without a pair if they tell. */
function byLonely(ordered: OrderedPairs, counts: Float64Array): ToldApart["ways"][number] {
  const way: Way = { groups: [ordered.all], byLonely: false };
  const settled = settle(ordered, counts, way);
  const right = settled.chances.map((chance, i) => chance * counts[i]);
  if (!doLonelyTell(ordered.pairs, right, sum(counts))) return { way, settled };
  const lonely = { ...way, byLonely: true };
  return { way: lonely, settled: settle(ordered, counts, lonely) };
}

/** By scores, and who chose whom first if that tells. */
function byChoice(ordered: OrderedPairs, counts: Float64Array): ToldApart["ways"] {
  if (ordered.byChoice === undefined) return [];
  const way: Way = { groups: ordered.byChoice, byLonely: false };
  return [{ way, settled: settle(ordered, counts, way) }];
}

/** Whether sentences without a pair tell more than chance: with an error no larger than the share that scores alone tell. */
function doLonelyTell(pairs: SampledPairs, right: Float64Array, all: number): boolean {
  const told = shareByLonely(pairs, findingRates(pairs, right), sum(right));
  return told !== undefined && told.error <= sum(right) / all;
}
