import { adequacyOf, lengthAgreement, medianOf } from "../../score/adequacy.js";
import { marginOf } from "../../score/margin.js";
import { type NeighbourhoodMeans, neighbourhoodMeans } from "../../score/neighbourhood.js";
import type { Candidates } from "../../types/neighbours.js";
import type { BitextSides } from "./bitext-stage.js";

/** What a pair can be scored by. */
export const SCORES = ["cosine", "distance", "ratio", "length", "adequacy"] as const;
/** What a pair of a bitext can be scored by. */
export type Score = (typeof SCORES)[number];

/** What gives a pair its scores. */
export type ScoresPairs = Pick<PairScorer, "pairs" | "score">;

/** Pairs of which none has a text on both sides, and so none a score. */
export function scoresNothing({ lengthRatios }: Pick<BitextSides, "lengthRatios">): ScoresPairs {
  const none = Object.fromEntries(SCORES.map((name) => [name, Number.NaN])) as Record<Score, number>;
  return { pairs: lengthRatios.length, score: () => none };
}

/** Gives each pair of a bitext its scores, by its number; NaN where there is none. */
export class PairScorer {
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

  score(pair: number): Record<Score, number> {
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
