import { neverRising } from "./never-rising.js";
import { type OrderedPairs, weightsOf } from "./ordered-pairs.js";
import { weightedQuantiles } from "./ordered-values.js";
import { fitRightCurve, rightLogDensity } from "./right-curve.js";
import type { SampledPairs } from "./sampled-pairs.js";
import { findingRates, shareByLonely } from "./share-of-right.js";
import { type JohnsonCurve, johnsonLogDensity, placeCurve, shapeCurve } from "./wrong-curve.js";

/** Right and wrong pairs as they were told apart. */
export interface ToldApart {
  /** How likely each pair is right, from the highest score down. */
  chances: Float64Array;
  /** The curve of wrong pairs' scores. */
  wrong: JohnsonCurve;
  /** Whether sentences without a pair told how many are right, too, and then as much as scores. */
  byLonely: boolean;
}

/** How pairs are told apart. */
export interface TellOptions {
  /** How often each pair counts. @default once */
  counts?: Float64Array;
  /** What all pairs told, where counts are a resample of them: its start, how the curve of wrong scores leans, what tells. */
  start?: ToldApart;
}

const MOST_STEPS = 60;

/** Chances that change by less than this have settled. */
const SETTLED = 1e-3;

/** A shape moves little, and takes long to find: it is looked for once in so many steps. */
const STEPS_A_SHAPE = 3;

const START = { quantile: 0.95, above: 0.9, below: 0.05 };

/** No share of right pairs is so near to 0 or 1. */
const LEAST_SHARE = 0.01;

/** What is less likely than this (a logarithm) is not told apart any further. */
const LEAST_LOG = -40;

/**
 * Tells right pairs from wrong ones by their scores, with expectation maximisation (Dempster, Laird & Rubin 1977).
 *
 * The scores of wrong pairs lie on a curve that two kinds of witnesses give: pairs as far as they are wrong, and decoys
 * as far as their pairs are right. Right pairs lie on another one, and a higher score is never less likely to be right.
 * How many are right follows from the scores, and as much from the sentences without a pair if they tell it with a standard
 * error below the share that scores alone tell: of few right pairs they would tell nothing but chance.
 */
export function tellApart(
  ordered: OrderedPairs,
  { counts = new Float64Array(ordered.pairs.scores.length).fill(1), start }: TellOptions = {},
): ToldApart {
  if (start !== undefined) return settle(ordered, counts, { byLonely: start.byLonely, start });
  const byScores = settle(ordered, counts, { byLonely: false });
  const right = byScores.chances.map((chance, i) => chance * counts[i]);
  return doLonelyTell(ordered.pairs, right, sum(counts))
    ? settle(ordered, counts, { byLonely: true })
    : byScores;
}

/** Whether sentences without a pair tell more than chance: with an error no larger than the share that scores alone tell. */
function doLonelyTell(pairs: SampledPairs, right: Float64Array, all: number): boolean {
  const told = shareByLonely(pairs, findingRates(pairs, right), sum(right));
  return told !== undefined && told.error <= sum(right) / all;
}

/** Finds curves and chances, one by the other in turn, until they hardly move. */
function settle(
  { pairs, ordered }: OrderedPairs,
  counts: Float64Array,
  { byLonely, start }: Pick<ToldApart, "byLonely"> & Pick<TellOptions, "start">,
): ToldApart {
  const { scores } = pairs;
  const all = sum(counts);
  let { chances, wrong } = start ?? { chances: guess({ pairs, ordered }, counts), wrong: undefined };
  for (let step = 0; step < MOST_STEPS; step++) {
    const right = chances.map((chance, i) => chance * counts[i]);
    const rates = findingRates(pairs, right);
    const weights = weightsOf(right, counts, rates);
    wrong =
      start === undefined && step % STEPS_A_SHAPE === 0
        ? shapeCurve(ordered, weights)
        : placeCurve(ordered, weights, wrong);
    const told = sum(right);
    const byScore = told / all;
    const other = byLonely ? (shareByLonely(pairs, rates, told)?.share ?? byScore) : byScore;
    const share = Math.min(1 - LEAST_SHARE, Math.max(LEAST_SHARE, byScore + (other - byScore) / 2));
    const next = weigh(scores, { wrong, right: rightLogDensity(fitRightCurve(scores, right)), share });
    const settled = neverRising(next, counts);
    const moved = settled.reduce((most, chance, i) => Math.max(most, Math.abs(chance - chances[i])), 0);
    chances = settled;
    if (moved < SETTLED) break;
  }
  return { chances, wrong: wrong!, byLonely };
}

/** What lies above nearly all decoys is right: before anything is known. */
function guess({ pairs, ordered }: OrderedPairs, counts: Float64Array): Float64Array {
  const weights = weightsOf(counts, counts, findingRates(pairs, counts));
  const [most] = weightedQuantiles(ordered, weights, [START.quantile]);
  return pairs.scores.map((score) => (score > most ? START.above : START.below));
}

interface Curves {
  wrong: JohnsonCurve;
  right: (score: number) => number;
  /** The share of all pairs that is right. */
  share: number;
}

/** How likely each score is a right pair's (Bayes). */
function weigh(scores: Float64Array, { wrong, right, share }: Curves): Float64Array {
  const odds = Math.log((1 - share) / share);
  return scores.map((score) => {
    const log = Math.max(LEAST_LOG, johnsonLogDensity(score, wrong)) - Math.max(LEAST_LOG, right(score));
    return 1 / (1 + Math.exp(log + odds));
  });
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
