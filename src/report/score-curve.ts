import { chooseThresholds } from "./choose-thresholds.js";
import { placeOf, sumFromEnd } from "./count-above.js";
import type { MeasuredPairs } from "./measured-pairs.js";
import type { ScoreCurve } from "./model.js";

const BARS = 60;

/** What each threshold keeps of some pairs, at least one: those whose score is not lower, as `select` counts them. */
export function scoreCurve({ scores, words }: MeasuredPairs): ScoreCurve {
  const { thresholds, decimals, range } = chooseThresholds(scores.slice().sort());
  const none = () => new Array<number>(thresholds.length).fill(0);
  const [pairs, source, target] = [none(), none(), none()];
  for (let pair = 0; pair < scores.length; pair++) {
    const place = placeOf(thresholds, scores[pair]);
    pairs[place]++;
    source[place] += words.source[pair];
    target[place] += words.target[pair];
  }
  const bars = Math.min(BARS, thresholds.length);
  return {
    thresholds,
    decimals,
    pairs: sumFromEnd(pairs),
    words: { source: sumFromEnd(source), target: sumFromEnd(target) },
    range,
    bars: Array.from({ length: bars }, (_, bar) => Math.floor((bar * thresholds.length) / bars)),
  };
}

/** A bar of a histogram: the pairs from one threshold up to another. */
export interface Bar {
  /** The score that it begins at. */
  from: number;
  /** The score that it ends at. */
  to: number;
  /** Pairs between the two. */
  pairs: number;
}

/** The bars of a histogram; the first and the last also have what is too far to be drawn. */
export function barsOf(
  { thresholds, pairs, bars, range: [low, high] }: ScoreCurve,
  places: readonly number[] = bars,
): Bar[] {
  return places.map((place, i) => {
    const next = places[i + 1];
    return {
      from: Math.max(low, thresholds[place]),
      to: next === undefined ? high : Math.min(high, thresholds[next]),
      pairs: pairs[place] - (next === undefined ? 0 : pairs[next]),
    };
  });
}
