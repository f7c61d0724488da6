import { dot } from "../statistics/dot.js";
import { type PageSentences, sentenceWeights } from "./page-vector.js";

/** A page as it is compared with others. */
export interface ComparedPage extends PageSentences {
  /** Its number on its side. */
  page: number;
  /** Of each sentence its cosines with sentences drawn from the other side, as `chanceOf` gives them. */
  chance: readonly Float32Array[];
  /** On which page of the other side each drawn sentence stands. */
  drawnFrom: readonly number[];
}

/** A sentence that is as like others by chance tells nothing. */
const CERTAIN = 1 - 1e-6;

/**
 * How well two pages fit, 0 to 1: of each sentence how far its best cosine on the other page is above that with as many
 * sentences drawn from all other pages, as a share of what there is up to 1; their weighted mean on each page, and the lower one of
 * the two. No order is asked for, since paragraphs change places.
 */
export function pageFit(source: ComparedPage, target: ComparedPage): number {
  const [x, y] = [source, target].map(({ vectors, dimensions }) => ({ data: vectors, dimensions }));
  const [rows, columns] = [source.lengths.length, target.lengths.length];
  const bestOfSource = new Float64Array(rows).fill(-1);
  const bestOfTarget = new Float64Array(columns).fill(-1);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const cosine = dot(x, row, y, column);
      if (cosine > bestOfSource[row]) bestOfSource[row] = cosine;
      if (cosine > bestOfTarget[column]) bestOfTarget[column] = cosine;
    }
  }
  return Math.min(fitOf(source, bestOfSource, target), fitOf(target, bestOfTarget, source));
}

function fitOf(page: ComparedPage, best: Float64Array, other: ComparedPage): number {
  const weights = sentenceWeights(page);
  const drawn = [...page.drawnFrom.keys()].filter((i) => page.drawnFrom[i] !== other.page);
  const draws = other.lengths.length;
  let [sum, all] = [0, 0];
  for (const [i, weight] of weights.entries()) {
    const cosines = Float32Array.from(drawn, (one) => page.chance[i][one]).sort();
    const chance = expectedBest(cosines, draws);
    if (chance < CERTAIN) sum += weight * Math.max(0, (best[i] - chance) / (1 - chance));
    all += weight;
  }
  return all === 0 ? 0 : sum / all;
}

/**
 * The expected best of `draws` values, drawn from some with replacement; 0 where there is none.
 *
 * @param values in ascending order
 */
export function expectedBest(values: Float32Array, draws: number): number {
  let [sum, below] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const upTo = ((i + 1) / values.length) ** draws;
    sum += values[i] * (upTo - below);
    below = upTo;
  }
  return sum;
}

/** The cosines of a sentence with some drawn from the other side. */
export function chanceOf(
  { vectors, dimensions }: Pick<PageSentences, "vectors" | "dimensions">,
  sentence: number,
  drawn: Float32Array,
): Float32Array {
  const cosines = new Float32Array(drawn.length / dimensions);
  const [own, others] = [{ data: vectors, dimensions }, { data: drawn }];
  for (let i = 0; i < cosines.length; i++) cosines[i] = dot(own, sentence, others, i);
  return cosines;
}
