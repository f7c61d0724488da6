import { NO_LONELY, type SampledPairs, sampleRanks } from "../../estimate/sampled-pairs.js";
import { marginOf } from "../../score/margin.js";
import { type NeighbourhoodMeans, neighbourhoodMeans } from "../../score/neighbourhood.js";
import { bestBackward, bestForward, type Choices } from "../../select/best.js";
import { NumberSet } from "../../store/arrays/number-set.js";
import type { Candidates } from "../../types/neighbours.js";
import type { Margin, Retrieval } from "../../types/pairs.js";
import type { SideName } from "../../types/texts.js";
import { candidatesAmong } from "./candidates-among.js";
import { meanWithout } from "./mean-without.js";

/** Candidates with a score each. */
export interface ScoredCandidates {
  candidates: Candidates;
  /** One a candidate; NaN never wins. */
  scores: Float64Array;
}

/** Scored candidates, and the pairs that were chosen among them. */
export interface ChosenCandidates extends ScoredCandidates {
  /** How scores were made; absent if they are a re-scorer's, which do not depend on neighbours. */
  margin?: Margin;
  /** Candidates that became pairs, the highest score first, before any threshold. */
  ordered: Uint32Array;
  /** How they were chosen. @default "max" */
  retrieval?: Retrieval;
  /** Whether a sentence could get any of its candidates. */
  secondChoice?: boolean;
  /** How likely a candidate is right, where that is known before; NaN of all others. */
  known?: (candidate: number) => number;
}

/** Some of the pairs with their decoys: what each sentence would have been paired with, were its partner not there. */
export function withDecoys(chosen: ChosenCandidates): SampledPairs {
  const { candidates, ordered } = chosen;
  const lonely = (side: SideName) => {
    const used = new NumberSet(rowsOf(candidates, side));
    for (const pair of ordered) used.add(candidates[side][pair]);
    return (rowsOf(candidates, side) - used.size) / ordered.length;
  };
  return decoysAmong({
    ...chosen,
    sample: Uint32Array.from(sampleRanks(ordered.length), (rank) => ordered[rank]),
    means: neighbourhoodMeans(candidates),
    lonely: { source: lonely("source"), target: lonely("target") },
  });
}

/** Chosen candidates of which some stand for all: those of their sentences, and of the sentences in these, are enough. */
export interface SampledCandidates extends ChosenCandidates {
  /** The candidates that stand for all, the highest score first. */
  sample: Uint32Array;
  means: NeighbourhoodMeans;
  lonely: SampledPairs["lonely"];
}

/**
 * The sample with its decoys. What `max` leaves alone tells how many pairs are right. By the other retrievals, of which that
 * cannot be said, a pair whose sentences are not each other's first choice counts as wrong: of such pairs in sixteen gold
 * sets one in two hundred was right.
 */
export function decoysAmong(chosen: SampledCandidates): SampledPairs {
  const { candidates, scores, retrieval = "max", sample, means, lonely, known } = chosen;
  const best = { source: bestForward(candidates, scores), target: bestBackward(candidates, scores) };
  const isMutual = (candidate: number) =>
    best.source[candidates.source[candidate]] === candidate &&
    best.target[candidates.target[candidate]] === candidate;
  const side = (name: SideName, other: SideName) =>
    decoysOf(sample, chosen, {
      own: candidates[name],
      other: candidates[other],
      ranks: name === "source" ? candidates.forwardRank : candidates.backwardRank,
      ownMeans: means[name],
      otherMeans: means[other],
      bestOfOther: best[other],
      taken: scoresTaken(chosen, candidates[other], rowsOf(candidates, other)),
      rows: rowsOf(candidates, name),
    });
  const decoys = { source: side("source", "target"), target: side("target", "source") };
  return {
    scores: Float64Array.from(sample, (candidate) => scores[candidate]),
    decoys: { source: decoys.source.scores, target: decoys.target.scores },
    ...(retrieval === "max"
      ? {
          lonely,
          known: known && Float64Array.from(sample, known),
          mutual: {
            pairs: Uint8Array.from(sample, (candidate) => (isMutual(candidate) ? 1 : 0)),
            source: decoys.source.mutual,
            target: decoys.target.mutual,
          },
        }
      : { lonely: NO_LONELY, known: Float64Array.from(sample, knownOr(isMutual, known)) }),
  };
}

/** How likely a candidate is right, as far as that is known: what is not mutual is wrong. */
function knownOr(
  isMutual: (candidate: number) => boolean,
  known: (candidate: number) => number = () => Number.NaN,
): (candidate: number) => number {
  return (candidate) => {
    const chance = known(candidate);
    return Number.isNaN(chance) && !isMutual(candidate) ? 0 : chance;
  };
}

/** Candidates as the side sees them whose sentences stay. */
interface SideView {
  own: Uint32Array;
  other: Uint32Array;
  /** Rank of the other's sentence among the own's neighbours; 0 if it is none. */
  ranks: Uint16Array;
  ownMeans: Float64Array;
  otherMeans: Float64Array;
  /** What each sentence of the other side would choose. */
  bestOfOther: Choices;
  /** The score of the pair that each sentence of the other side is in; NaN for none. */
  taken: Float64Array;
  rows: number;
}

/** What each pair's own sentence would get without its partner. */
interface Decoys {
  /** NaN for none. */
  scores: Float64Array;
  /** Whether the two would be each other's first choice, 1 or 0. */
  mutual: Uint8Array;
}

function decoysOf(sample: Uint32Array, chosen: ChosenCandidates, view: SideView): Decoys {
  const groups = candidatesAmong(
    view.own,
    sample.map((pair) => view.own[pair]),
    view.rows,
  );
  const found = Array.from(sample, (pair) => bestWithout(pair, groups.get(view.own[pair])!, chosen, view));
  return {
    scores: Float64Array.from(found, ({ score }) => score),
    mutual: Uint8Array.from(found, ({ mutual }) => (mutual ? 1 : 0)),
  };
}

function bestWithout(
  pair: number,
  group: readonly number[],
  chosen: ChosenCandidates,
  view: SideView,
): Decoy {
  const { retrieval = "max", secondChoice } = chosen;
  if (retrieval === "all") return NO_DECOY;
  const scoreOf = scorerWithout(pair, group, chosen, view);
  const rivals = group
    .map((candidate) => ({ candidate, score: scoreOf(candidate) }))
    .filter(({ candidate, score }) => candidate !== pair && !Number.isNaN(score));
  const own = highest(rivals.filter(({ candidate }) => view.ranks[candidate] > 0));
  const chooses = ({ candidate }: Rival) => view.bestOfOther[view.other[candidate]] === candidate;
  const isFree = ({ candidate, score }: Rival) => !(view.taken[view.other[candidate]] > score);
  const found =
    retrieval === "max"
      ? highest(rivals.filter((rival) => isFree(rival) && (secondChoice || rival === own || chooses(rival))))
      : own && chooses(own) && own;
  return found ? { score: found.score, mutual: found === own && chooses(found) } : NO_DECOY;
}

interface Decoy {
  score: number;
  mutual: boolean;
}

const NO_DECOY: Decoy = { score: Number.NaN, mutual: false };

/** What candidates of a sentence would score if one of its neighbours were not there. */
function scorerWithout(
  pair: number,
  group: readonly number[],
  { candidates: { cosine }, scores, margin }: ChosenCandidates,
  view: SideView,
): (candidate: number) => number {
  if (margin === undefined) return (candidate) => scores[candidate];
  const mean = meanWithout(pair, { ...view, group, cosines: cosine });
  return (candidate) =>
    marginOf(cosine[candidate], (mean + view.otherMeans[view.other[candidate]]) / 2, margin);
}

interface Rival {
  candidate: number;
  score: number;
}

function highest(rivals: readonly Rival[]): Rival | undefined {
  return rivals.reduce<Rival | undefined>(
    (best, rival) => (best && best.score >= rival.score ? best : rival),
    undefined,
  );
}

function rowsOf(candidates: Candidates, side: SideName): number {
  return side === "source" ? candidates.sourceRows : candidates.targetRows;
}

function scoresTaken({ ordered, scores }: ChosenCandidates, other: Uint32Array, rows: number): Float64Array {
  const taken = new Float64Array(rows).fill(Number.NaN);
  for (const pair of ordered) if (!(taken[other[pair]] > scores[pair])) taken[other[pair]] = scores[pair];
  return taken;
}
