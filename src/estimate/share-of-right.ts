import type { SideName } from "../types/texts.js";
import type { SampledPairs } from "./sampled-pairs.js";

/** Of each side, the share of sentences that would get a partner if they had no translation. */
export type FindingRates = Partial<Record<SideName, number>>;

/** How many sentences find another partner without their own, by how likely theirs is the right one. */
export function findingRates({ decoys }: SampledPairs, right: Float64Array): FindingRates {
  const all = right.reduce((sum, weight) => sum + weight, 0);
  const rate = (values: Float64Array | undefined) =>
    values && values.reduce((sum, value, i) => (Number.isNaN(value) ? sum : sum + right[i]), 0) / all;
  return { source: rate(decoys.source), target: rate(decoys.target) };
}

/**
 * The sides whose decoys tell of wrong pairs. Where decoys of a side are found less than half as often as the other's, its
 * sentences are so many that nearly all of the other side have a partner, which a wrong one has to beat.
 */
export function tellingSides(rates: FindingRates): SideName[] {
  const most = Math.max(rates.source ?? 0, rates.target ?? 0);
  return (["source", "target"] as const).filter((side) => (rates[side] ?? Number.NaN) >= most / 2);
}

/** Where fewer sentences than this share are without a pair, they tell nothing. */
const LEAST_LONELY = 0.2;

/** Where one side has more than so many times the other's, they are left alone since the other side is used up. */
const MOST_OF_OTHER = 1.5;

/** At a higher rate a small error of it moves the result far. */
const MOST_RATE = 0.8;

/** The share of pairs that is right, as sentences without a pair tell it. */
export interface ShareByLonely {
  share: number;
  /** Its standard error. */
  error: number;
}

/**
 * The share of pairs that is right, as far as sentences without a pair tell it: where a sentence without a translation
 * gets a partner at the rate r, u sentences that have none stand beside u · r / (1 − r) that have a wrong one.
 *
 * The rate is that of so many right pairs, a binomial one: its error moves the share by u / (1 − r)² times as much (delta
 * method).
 *
 * @returns nothing where too few sentences are without a pair to tell, or far more of one side than of the other
 */
export function shareByLonely(
  { lonely }: Pick<SampledPairs, "lonely">,
  rates: FindingRates,
  right: number,
): ShareByLonely | undefined {
  const [least, most] = [lonely.source, lonely.target].sort((a, b) => a - b);
  if (least / (1 + least) <= LEAST_LONELY || most > MOST_OF_OTHER * least) return undefined;
  const told = tellingSides(rates);
  const mean = (of: (side: SideName) => number) =>
    told.reduce((sum, side) => sum + of(side), 0) / told.length;
  const rate = mean((side) => rates[side]!);
  if (rate > MOST_RATE) return undefined;
  const alone = mean((side) => lonely[side]);
  const variance = mean((side) => rates[side]! * (1 - rates[side]!)) / (right * told.length);
  return {
    share: 1 - (alone * rate) / (1 - rate),
    error: (alone / (1 - rate) ** 2) * Math.sqrt(variance),
  };
}
