import { sum } from "../statistics/sum.js";
import { neverRising } from "./never-rising.js";
import { type OrderedPairs, type PairGroup, weightsOf } from "./ordered-pairs.js";
import { weightedQuantiles } from "./ordered-values.js";
import { fitRightCurve, rightLogDensity } from "./right-curve.js";
import { findingRates, shareByLonely } from "./share-of-right.js";
import { type JohnsonCurve, johnsonLogDensity, placeCurve, shapeCurve } from "./wrong-curve.js";

/** Right and wrong pairs as they were told apart in one way. */
export interface Settled {
  /** How likely each pair is right. */
  chances: Float64Array;
  /** The curve of wrong pairs' scores of each group. */
  wrong: readonly JohnsonCurve[];
}

/** What tells beside scores. */
export interface Way {
  /** Pairs whose groups have a curve of wrong scores each, and tell by how many they are. */
  groups: readonly PairGroup[];
  /** Whether sentences without a pair tell how many are right. */
  byLonely: boolean;
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

/** What a group has before anything is counted in it (Krichevsky & Trofimov 1981). */
const BEFORE = 0.5;

/**
 * Finds curves and chances, one by the other in turn, until they hardly move.
 *
 * @param counts how often each pair counts
 * @param start what all pairs told, where counts are a resample of them: its chances, and how its curves lean
 */
export function settle(
  ordered: OrderedPairs,
  counts: Float64Array,
  { groups, byLonely }: Way,
  start?: Settled,
): Settled {
  const { pairs } = ordered;
  const all = sum(counts);
  const countsOf = groups.map((group) => Float64Array.from(group.pairs, (pair) => counts[pair]));
  let { chances, wrong } = start ?? { chances: guess(ordered, counts), wrong: [] };
  for (let step = 0; step < MOST_STEPS; step++) {
    const right = chances.map((chance, i) => chance * counts[i]);
    const rates = findingRates(pairs, right);
    const weights = weightsOf(right, counts, rates);
    wrong = groups.map((group, i) =>
      start === undefined && step % STEPS_A_SHAPE === 0
        ? shapeCurve(group.ordered, weights)
        : placeCurve(group.ordered, weights, wrong[i]),
    );
    const told = sum(right);
    const byScore = told / all;
    const other = byLonely ? (shareByLonely(pairs, rates, told)?.share ?? byScore) : byScore;
    const share = Math.min(1 - LEAST_SHARE, Math.max(LEAST_SHARE, byScore + (other - byScore) / 2));
    const odds = leanings(groups, right, weights).map((lean) => Math.log((1 - share) / share) - lean);
    const rightLog = rightLogDensity(fitRightCurve(pairs.scores, right));
    const next = new Float64Array(counts.length);
    for (const [i, group] of groups.entries()) {
      const likely = weigh(group.scores, {
        wrong: johnsonLogDensity(wrong[i]),
        right: rightLog,
        odds: odds[i],
      });
      const settled = neverRising(likely, countsOf[i]);
      group.pairs.forEach((pair, place) => {
        next[pair] = settled[place];
      });
    }
    const moved = next.reduce((most, chance, i) => Math.max(most, Math.abs(chance - chances[i])), 0);
    chances = next;
    if (moved < SETTLED) break;
  }
  return { chances, wrong };
}

interface Curves {
  /** Logarithms of the densities. */
  wrong: (score: number) => number;
  right: (score: number) => number;
  /** How much likelier a wrong pair is than a right one before its score is seen; a logarithm. */
  odds: number;
}

/** How likely each score is a right pair's (Bayes). */
function weigh(scores: Float64Array, { wrong, right, odds }: Curves): Float64Array {
  return scores.map((score) => {
    const log = Math.max(LEAST_LOG, wrong(score)) - Math.max(LEAST_LOG, right(score));
    return 1 / (1 + Math.exp(log + odds));
  });
}

/** How much likelier right pairs are in each group than wrong ones are; logarithms. */
function leanings(groups: readonly PairGroup[], right: Float64Array, weights: Float64Array): number[] {
  const shares = (counted: number[]) => {
    const all = sum(counted);
    return counted.map((count) => (count + BEFORE) / (all + BEFORE * groups.length));
  };
  const ofRight = shares(groups.map(({ pairs }) => sumAt(right, pairs)));
  const ofWrong = shares(groups.map(({ ordered }) => sumAt(weights, ordered.places)));
  return ofRight.map((share, i) => Math.log(share / ofWrong[i]));
}

/** What lies above nearly all decoys is right: before anything is known. */
function guess({ pairs, all }: OrderedPairs, counts: Float64Array): Float64Array {
  const weights = weightsOf(counts, counts, findingRates(pairs, counts));
  const [most] = weightedQuantiles(all.ordered, weights, [START.quantile]);
  return pairs.scores.map((score) => (score > most ? START.above : START.below));
}

function sumAt(values: Float64Array, places: Uint32Array): number {
  let total = 0;
  for (let i = 0; i < places.length; i++) total += values[places[i]];
  return total;
}
