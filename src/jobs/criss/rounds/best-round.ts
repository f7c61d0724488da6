import type { RoundSummary } from "../../../steps/runs/loop-summary.js";
import type { MinedRound } from "./find-round.js";

/** Two rounds hold out different pairs: of 20 equal ones, one is lower by as many standard errors of a round. */
const BEYOND_CHANCE = 1.96 * Math.SQRT2;

/** What a round counts for beside the next, whose encoder trained on more pairs. */
const OLDER = 0.5;

/**
 * The best of the rounds so far: the last, since each trains on more pairs than the one before, unless its validation is
 * lower than the highest beyond chance, or its encoder learned nothing. The start has no validation.
 *
 * The share of mutual choices would not do: it falls when an encoder learns to tell translations from sentences that are
 * merely alike.
 */
export class BestRound {
  private highest = Number.NEGATIVE_INFINITY;
  /** Over all rounds so far, older ones for less: pairs held out, and those whose translations came nearer. */
  private judged = { pairs: 0, nearer: 0 };

  constructor(private kept: MinedRound) {}

  get round(): MinedRound {
    return this.kept;
  }

  /**
   * Of all pairs held out so far the share whose translations encoders brought nearer than the start has them; a round
   * counts for half as much as the next. Where it is less than half, what the pairs taught does not hold for others:
   * nothing was learned.
   */
  get learned(): number {
    const { pairs, nearer } = this.judged;
    return pairs === 0 ? 1 : nearer / pairs;
  }

  /**
   * Takes a round in if it is as good as the best, or better.
   *
   * @returns the worse of the two; undefined if they are one
   */
  offer(mined: MinedRound): MinedRound | undefined {
    const { summary } = mined;
    if (mined === this.kept) return undefined;
    this.judge(summary);
    if (this.learned < 0.5) return mined;
    const validation = summary.mean.validation ?? Number.NEGATIVE_INFINITY;
    if (validation < this.highest - BEYOND_CHANCE * standardError(summary)) return mined;
    this.highest = Math.max(this.highest, validation);
    const before = this.kept;
    this.kept = mined;
    return before;
  }

  private judge({ pairs }: RoundSummary): void {
    this.judged.pairs *= OLDER;
    this.judged.nearer *= OLDER;
    for (const { nearer, heldOut } of Object.values(pairs))
      if (nearer !== undefined && heldOut) {
        this.judged.pairs += heldOut;
        this.judged.nearer += nearer * heldOut;
      }
  }
}

/** Of a mean of shares v, each of n pairs: √(Σ v (1 − v) / n) over their number. */
function standardError({ pairs }: RoundSummary): number {
  const variances = Object.values(pairs).flatMap(({ validation: v, heldOut: n }) =>
    v !== undefined && n ? [(v * (1 - v)) / n] : [],
  );
  return Math.sqrt(variances.reduce((sum, variance) => sum + variance, 0)) / Math.max(1, variances.length);
}
