import { placeOf } from "./count-above.js";
import type { ScoreCurve } from "./model.js";

const BANDS = 10;

/** A band of scores, and the numbers of the pairs that were drawn from it. */
export interface DrawnBand {
  from: number;
  to: number;
  pairs: number;
  drawn: number[];
}

/**
 * Draws as many pairs from each of ten bands of scores of the same width, or all that a band has; a band without any is
 * left out. Each pair of a band is as likely as any other, and the same pairs are drawn every time.
 *
 * @param scores of at least one pair
 * @param size how many pairs to draw in all
 */
export function drawBands(
  scores: Float64Array,
  curve: Pick<ScoreCurve, "thresholds" | "range">,
  size: number,
): DrawnBand[] {
  const edges = edgesOf(curve);
  const bands = edges.map((from, i) => ({
    from,
    to: edges[i + 1] ?? curve.range[1],
    pairs: 0,
    drawn: new LowestKeys(Math.ceil(size / edges.length)),
  }));
  for (let pair = 0; pair < scores.length; pair++) {
    const band = bands[Math.max(0, placeOf(edges, scores[pair]))];
    band.pairs++;
    band.drawn.offer(pair, spread(pair));
  }
  const byScore = (a: number, b: number) => scores[b] - scores[a] || a - b;
  return bands
    .filter(({ pairs }) => pairs > 0)
    .map((band) => ({ ...band, drawn: band.drawn.values.sort(byScore) }));
}

/** Where bands begin: at thresholds, as nearly as they can be of one width. */
function edgesOf({ thresholds, range: [low, high] }: Pick<ScoreCurve, "thresholds" | "range">): number[] {
  const edges = Array.from({ length: BANDS }, (_, i) => low + ((high - low) * i) / BANDS);
  const places = edges.map((edge) => Math.max(0, placeOf(thresholds, edge + 1e-12)));
  return [...new Set(places)].map((place) => thresholds[place]);
}

/** Keeps the values of the lowest keys that were offered. */
export class LowestKeys {
  private readonly held: { value: number; key: number }[] = [];

  constructor(private readonly size: number) {}

  /** @returns whether the value is kept so far */
  offer(value: number, key: number): boolean {
    const { held, size } = this;
    if (held.length === size && key >= held[size - 1]?.key) return false;
    if (size === 0) return false;
    const at = held.findIndex((one) => key < one.key);
    held.splice(at < 0 ? held.length : at, 0, { value, key });
    if (held.length > size) held.pop();
    return true;
  }

  get values(): number[] {
    return this.held.map(({ value }) => value);
  }
}

/** A number that looks drawn for each number: the end of MurmurHash3, from a place of its own. */
export function spread(number: number): number {
  let mixed = Math.imul(number + 0x9e3779b9, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}
