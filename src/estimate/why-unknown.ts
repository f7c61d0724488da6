import type { SampledPairs } from "./sampled-pairs.js";

const LEAST_PAIRS = 50;

const LEAST_DECOYS = 20;

/** Why right and wrong pairs cannot be told apart, in words; nothing if they may be. */
export function whyUnknown({ scores, decoys }: SampledPairs): string | undefined {
  if (scores.length < LEAST_PAIRS)
    return `of only ${scores.length === 1 ? "1 pair" : `${scores.length} pairs`} nothing can be told; it takes ${LEAST_PAIRS}`;
  if (scores[0] === scores[scores.length - 1]) return "all scores are the same";
  const found = [decoys.source, decoys.target].flatMap((values) =>
    [...(values ?? [])].filter((x) => !Number.isNaN(x)),
  );
  if (found.length < LEAST_DECOYS)
    return `only ${found.length} sentences would have another partner without their own, and ${LEAST_DECOYS} are needed`;
  return undefined;
}
