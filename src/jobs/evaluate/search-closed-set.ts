import { choiceIsOwn } from "../../evaluate/closed-set.js";
import { scoreMargin } from "../../score/margin.js";
import type { BothWays } from "../../search/both-ways.js";
import { joinNeighbours } from "../../search/candidates.js";
import { searchExact } from "../../search/exact.js";
import { rescore } from "../../search/rescore.js";
import { dropZeroRows } from "../../search/zero-rows.js";
import { bestBackward, bestForward, type Choices, NO_CHOICE } from "../../select/best.js";
import { DEFAULT_K } from "../../steps/neighbours/k.js";
import type { Neighbourhood } from "../../steps/vectors/few-sides.js";
import type { Margin } from "../../types/pairs.js";
import type { Vectors } from "../../types/vectors.js";

/** Whether each line finds its own translation, by plain cosine and by margin, in each direction. */
export interface ClosedSet {
  nearest: { forward: boolean[]; backward: boolean[] };
  margin: { forward: boolean[]; backward: boolean[] };
}

export interface ClosedSetOptions extends Neighbourhood {
  margin: Margin;
  threads?: number;
  signal?: AbortSignal;
}

/** The k that is asked for; else 4, and fewer of them where a side of centred lines has few. */
export function neighbourhoodOf(k: number | undefined, centre: boolean): Neighbourhood {
  return { k: k ?? DEFAULT_K, boundedK: k === undefined && centre };
}

/** Looks for every line's translation among all lines of the other side. A line whose vector is zero finds nothing. */
export async function searchClosedSet(
  source: Vectors,
  target: Vectors,
  { margin, k, boundedK, threads, signal }: ClosedSetOptions,
): Promise<ClosedSet> {
  const [x, y] = [dropZeroRows(source), dropZeroRows(target)];
  const found = await searchExact(x.vectors, y.vectors, { k: k + 4, threads, signal });
  const exact: BothWays = {
    forward: rescore(found.forward, x.vectors, y.vectors, { k }),
    backward: rescore(found.backward, y.vectors, x.vectors, { k }),
  };
  const rows = { source: x.rowNumbers, target: y.rowNumbers };
  const joined = joinNeighbours(exact, rows, { source: source.rows, target: target.rows });
  const candidates = { ...joined, boundedK };
  const choose = (scores: Float64Array) => {
    const chosen = (choices: Choices, other: Uint32Array) =>
      Array.from(choices, (candidate) => (candidate === NO_CHOICE ? undefined : other[candidate]));
    return {
      forward: choiceIsOwn(chosen(bestForward(candidates, scores), candidates.target)),
      backward: choiceIsOwn(chosen(bestBackward(candidates, scores), candidates.source)),
    };
  };
  return {
    nearest: choose(scoreMargin(candidates, "absolute").values),
    margin: choose(scoreMargin(candidates, margin).values),
  };
}
