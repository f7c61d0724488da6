import { adequacyOf, lengthAgreement, medianOf } from "../../score/adequacy.js";
import { marginOf } from "../../score/margin.js";
import { type NeighbourhoodMeans, neighbourhoodMeans } from "../../score/neighbourhood.js";
import type { Candidates } from "../../types/neighbours.js";
import type { BitextSides } from "./bitext-stage.js";

/** What needs vectors of both sides, and what the texts alone tell. */
export const VECTOR_SCORES = ["cosine", "distance", "ratio", "adequacy"] as const;
const OWN_SCORES = ["cosine", "distance", "ratio", "length", "adequacy"] as const;
/** What a re-scorer gives: its score, and the parts that BGE-M3 makes it of. */
export const RESCORES = ["rescore", "dense", "sparse", "colbert"] as const;
/** What a pair can be scored by. */
export const SCORES = [...OWN_SCORES, ...RESCORES] as const;
/** What a pair of a bitext can be scored by. */
export type Score = (typeof SCORES)[number];
export type OwnScore = (typeof OWN_SCORES)[number];
export type Rescore = (typeof RESCORES)[number];

/** What gives a pair its scores; one that it lacks is none. */
export interface ScoresPairs {
  readonly pairs: number;
  score(pair: number): Partial<Record<Score, number>>;
}

/** Pairs of which none has a text on both sides, and so none a score. */
export function scoresNothing({ lengthRatios }: Pick<BitextSides, "lengthRatios">): ScoresPairs {
  return { pairs: lengthRatios.length, score: () => ({}) };
}

/** How well lengths agree, which needs no vectors. */
export function scoresLengths({ lengthRatios }: Pick<BitextSides, "lengthRatios">): ScoresPairs {
  const usualRatio = medianOf(lengthRatios);
  return {
    pairs: lengthRatios.length,
    score: (pair) => ({ length: lengthAgreement(lengthRatios[pair], usualRatio) }),
  };
}

/** Gives each pair of a bitext its scores, by its number; NaN where there is none. */
export class PairScorer implements ScoresPairs {
  private readonly means: NeighbourhoodMeans;
  private readonly usualRatio: number;

  constructor(
    private readonly bitext: Pick<BitextSides, "numbers" | "lengthRatios">,
    private readonly cosines: Float32Array,
    candidates: Candidates,
  ) {
    this.means = neighbourhoodMeans(candidates);
    this.usualRatio = medianOf(bitext.lengthRatios);
  }

  get pairs(): number {
    return this.cosines.length;
  }

  score(pair: number): Record<OwnScore, number> {
    const { numbers, lengthRatios } = this.bitext;
    const cosine = this.cosines[pair];
    const base = (this.means.source[numbers.source[pair]] + this.means.target[numbers.target[pair]]) / 2;
    const length = lengthAgreement(lengthRatios[pair], this.usualRatio);
    return {
      cosine,
      distance: marginOf(cosine, base, "distance"),
      ratio: marginOf(cosine, base, "ratio"),
      length,
      adequacy: adequacyOf(cosine, length),
    };
  }
}
