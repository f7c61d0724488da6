import { marginOf } from "../../score/margin.js";
import { type NeighbourhoodMeans, neighbourhoodMeans } from "../../score/neighbourhood.js";
import type { Candidates, Margin, SideName } from "../../types.js";

export const SCORE_NAMES = ["cosine", "distance", "ratio"] as const;
/** What a pair of a bitext can be told of. */
export type ScoreName = (typeof SCORE_NAMES)[number];

/** Gives each pair of a bitext its cosine and margins, by its number; NaN where there is none. */
export class PairScorer {
  private readonly means: NeighbourhoodMeans;

  constructor(
    private readonly numbers: Record<SideName, Uint32Array>,
    private readonly cosines: Float32Array,
    candidates: Candidates,
  ) {
    this.means = neighbourhoodMeans(candidates);
  }

  get pairs(): number {
    return this.cosines.length;
  }

  score(pair: number): Record<ScoreName | Margin, number> {
    const cosine = this.cosines[pair];
    const x = this.means.source[this.numbers.source[pair]];
    const y = this.means.target[this.numbers.target[pair]];
    const base = (x + y) / 2;
    return {
      cosine,
      absolute: cosine,
      distance: marginOf(cosine, base, "distance"),
      ratio: marginOf(cosine, base, "ratio"),
    };
  }
}
