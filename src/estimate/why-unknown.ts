import type { SampledPairs } from "./sampled-pairs.js";

/** Of fewer pairs no curve can be drawn. */
export const LEAST_PAIRS = 50;

/** Of fewer decoys no curve can be drawn. */
export const LEAST_DECOYS = 20;

const RARE = 0.02;

/** Of 1,000 bitexts of strangers alone one differs from others by as many standard errors. */
const BEYOND_CHANCE = 3.1;

/** Why right and wrong pairs cannot be told apart, in words; nothing if they may be. */
export function whyUnknown({ scores, decoys, strangers }: SampledPairs): string | undefined {
  if (scores.length < LEAST_PAIRS)
    return `of only ${scores.length === 1 ? "1 pair" : `${scores.length} pairs`} nothing can be told; it takes ${LEAST_PAIRS}`;
  if (scores[0] === scores[scores.length - 1]) return "all scores are the same";
  const found = countDecoys(decoys);
  if (found < LEAST_DECOYS && countDecoys({ source: strangers }) < LEAST_DECOYS)
    return `only ${found === 1 ? "1 sentence would have another partner without its" : `${found} sentences would have another partner without their`} own, and ${LEAST_DECOYS} are needed`;
  if (strangers && countDecoys({ source: strangers }) >= LEAST_DECOYS && areLikeStrangers(scores, strangers))
    return "the pairs score as sentences do that have nothing to do with each other";
  return undefined;
}

/** The same of those that a first kind of decoys left for a second one. */
export function whyFewLeft(left: number, of: number): string | undefined {
  if (left >= LEAST_PAIRS) return undefined;
  return `too few of the pairs, about ${Math.round(left)} of ${of}, score otherwise than sentences that have nothing to do with each other; it takes ${LEAST_PAIRS}`;
}

/** Whether hardly more pairs than strangers have such a score as only one stranger in 50 has. */
function areLikeStrangers(scores: Float64Array, strangers: Float64Array): boolean {
  const known = strangers.filter((score) => !Number.isNaN(score)).sort();
  const most = known[Math.floor((1 - RARE) * known.length)];
  const above = scores.filter((score) => score > most).length / scores.length;
  const error = Math.sqrt(RARE * (1 - RARE) * (1 / scores.length + 1 / known.length));
  return above < RARE + BEYOND_CHANCE * error;
}

/** How many sentences have a decoy. */
export function countDecoys({ source = NONE, target = NONE }: SampledPairs["decoys"]): number {
  const count = (values: Float64Array) =>
    values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0);
  return count(source) + count(target);
}

const NONE = new Float64Array();
