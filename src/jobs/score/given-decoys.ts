import { NO_LONELY, type SampledPairs, sampleRanks } from "../../estimate/sampled-pairs.js";
import { marginOf, scoreMargin } from "../../score/margin.js";
import { type NeighbourhoodMeans, neighbourhoodMeans } from "../../score/neighbourhood.js";
import { selectPairs } from "../../select/select.js";
import { candidatesAmong } from "../../steps/pairs/candidates-among.js";
import { meanWithout } from "../../steps/pairs/mean-without.js";
import type { Candidates } from "../../types/neighbours.js";
import type { Margin } from "../../types/pairs.js";
import type { SideName } from "../../types/texts.js";
import type { BitextSides } from "./bitext-stage.js";
import { nextTargets } from "./cosines-stage.js";

/** Pairs of a bitext, scored by a margin, and the neighbours of their sentences. */
export interface GivenPairs {
  /** A pair's text of each side, by number. */
  numbers: BitextSides["numbers"];
  /** One a pair. */
  scores: Float64Array;
  /** Pairs that have a score, the highest first. */
  ordered: Uint32Array;
  margin: Margin;
  candidates: Candidates;
  /** The cosine of each pair's source to the target of the next pair. */
  strangers: Float32Array;
}

/**
 * Some of a bitext's pairs with their decoys, of two kinds, since nobody knows how a wrong pair came to be there. One may
 * have been mined: as if its own partner were not there, each sentence takes the best one that no better pair has, given or
 * not. Or lines slipped: then its partner is a stranger, such as the next line's.
 */
export function withGivenDecoys(given: GivenPairs): SampledPairs {
  const { numbers, scores, ordered, candidates, margin, strangers } = given;
  const sample = Uint32Array.from(sampleRanks(ordered.length), (rank) => ordered[rank]);
  const means = neighbourhoodMeans(candidates);
  const next = nextTargets(numbers);
  const strange = (pair: number) =>
    marginOf(strangers[pair], (means.source[numbers.source[pair]] + means.target[next[pair]]) / 2, margin);
  return {
    scores: Float64Array.from(sample, (pair) => scores[pair]),
    decoys: {
      source: minedDecoys(sample, given, means, "source"),
      target: minedDecoys(sample, given, means, "target"),
    },
    strangers: Float64Array.from(sample, strange),
    lonely: NO_LONELY,
  };
}

/** Of each pair the best margin of its sentence of one side with another that is free for it; NaN for none. */
function minedDecoys(
  sample: Uint32Array,
  given: GivenPairs,
  means: NeighbourhoodMeans,
  side: SideName,
): Float64Array {
  const { numbers, candidates, margin } = given;
  const { cosine } = candidates;
  const otherSide = side === "source" ? "target" : "source";
  const [own, other] = [candidates[side], candidates[otherSide]];
  const [ownMeans, otherMeans] = [means[side], means[otherSide]];
  const ranks = side === "source" ? candidates.forwardRank : candidates.backwardRank;
  const taken = scoresTaken(given, otherSide);
  const groups = candidatesAmong(
    own,
    sample.map((pair) => numbers[side][pair]),
    rowsOf(candidates, side),
  );
  return Float64Array.from(sample, (pair) => {
    const [sentence, partner] = [numbers[side][pair], numbers[otherSide][pair]];
    const group = groups.get(sentence)!;
    const itself = group.find((candidate) => other[candidate] === partner);
    const mean =
      itself === undefined
        ? ownMeans[sentence]
        : meanWithout(itself, { group, ranks, cosines: cosine, ownMeans, own });
    let best = Number.NaN;
    for (const candidate of group) {
      if (candidate === itself || ranks[candidate] === 0) continue;
      const rival = other[candidate];
      const score = marginOf(cosine[candidate], (mean + otherMeans[rival]) / 2, margin);
      if (!(taken[rival] > score) && !(best >= score)) best = score;
    }
    return best;
  });
}

/** The score of the best pair that each sentence of a side is in, given or as it would be mined; NaN for none. */
function scoresTaken({ numbers, scores, candidates, margin }: GivenPairs, side: SideName): Float64Array {
  const taken = new Float64Array(rowsOf(candidates, side)).fill(Number.NaN);
  const take = (sentence: number, score: number) => {
    if (!(taken[sentence] >= score)) taken[sentence] = score;
  };
  const margins = scoreMargin(candidates, margin).values;
  for (const candidate of selectPairs(candidates, margins).pairs)
    take(candidates[side][candidate], margins[candidate]);
  for (const [pair, score] of scores.entries()) if (!Number.isNaN(score)) take(numbers[side][pair], score);
  return taken;
}

function rowsOf({ sourceRows, targetRows }: Candidates, side: SideName): number {
  return side === "source" ? sourceRows : targetRows;
}
