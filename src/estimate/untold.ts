import { NO_LONELY, type SampledPairs } from "./sampled-pairs.js";
import { LEAST_PAIRS } from "./why-unknown.js";

/** Pairs that scores have to tell of. */
export interface Untold {
  pairs: SampledPairs;
  /** Their places among all. */
  places: Uint32Array;
}

/**
 * The pairs of which nothing is known before, where others are known: of these, sentences without a pair tell nothing. Where
 * they are too few to be told apart, scores tell of all pairs.
 */
export function untoldOf(sample: SampledPairs): Untold {
  const { scores, decoys, strangers, mutual, known } = sample;
  const all = Uint32Array.from(scores.keys());
  const places = all.filter((place) => Number.isNaN(known?.[place] ?? Number.NaN));
  if (places.length === all.length || places.length < LEAST_PAIRS) return { pairs: sample, places: all };
  const only = (values: Float64Array | undefined) =>
    values && Float64Array.from(places, (place) => values[place]);
  const among = (marks: Uint8Array) => Uint8Array.from(places, (place) => marks[place]);
  return {
    pairs: {
      scores: only(scores)!,
      decoys: { source: only(decoys.source), target: only(decoys.target) },
      strangers: only(strangers),
      mutual: mutual && {
        pairs: among(mutual.pairs),
        source: among(mutual.source),
        target: among(mutual.target),
      },
      lonely: NO_LONELY,
    },
    places,
  };
}

/** How likely each pair of a sample is right: what is known of it, or what was told. */
export function withKnown(
  { known, scores }: SampledPairs,
  { places }: Untold,
  told: Float64Array,
): Float64Array {
  const chances = known?.slice() ?? new Float64Array(scores.length).fill(Number.NaN);
  for (const [i, place] of places.entries()) if (Number.isNaN(chances[place])) chances[place] = told[i];
  return chances;
}
