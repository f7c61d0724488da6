import { choiceIsOwn, nearestIsOwn } from "../../evaluate/closed-set.js";
import { scoreMargin } from "../../score/margin.js";
import type { BothWays } from "../../search/both-ways.js";
import { joinNeighbours } from "../../search/candidates.js";
import { searchExact } from "../../search/exact.js";
import { rescore } from "../../search/rescore.js";
import { bestBackward, bestForward, type Choices, NO_CHOICE } from "../../select/best.js";
import type { Margin, Vectors } from "../../types.js";

/** Whether each line finds its own translation, by plain cosine and by margin, in each direction. */
export interface ClosedSet {
  nearest: { forward: boolean[]; backward: boolean[] };
  margin: { forward: boolean[]; backward: boolean[] };
}

export interface ClosedSetOptions {
  margin: Margin;
  k: number;
  threads?: number;
  signal?: AbortSignal;
}

/** Looks for every line's translation among all lines of the other side. */
export async function searchClosedSet(
  source: Vectors,
  target: Vectors,
  { margin, k, threads, signal }: ClosedSetOptions,
): Promise<ClosedSet> {
  const found = await searchExact(source, target, { k: k + 4, threads, signal });
  const exact: BothWays = {
    forward: rescore(found.forward, source, target, k),
    backward: rescore(found.backward, target, source, k),
  };
  const identity = Uint32Array.from({ length: source.rows }, (_, i) => i);
  const sentences = { source: source.rows, target: target.rows };
  const candidates = joinNeighbours(exact, { source: identity, target: identity }, sentences);
  const { values } = scoreMargin(candidates, margin);
  const chosen = (choices: Choices, other: Uint32Array) =>
    Array.from(choices, (candidate) => (candidate === NO_CHOICE ? undefined : other[candidate]));
  return {
    nearest: { forward: nearestIsOwn(exact.forward), backward: nearestIsOwn(exact.backward) },
    margin: {
      forward: choiceIsOwn(chosen(bestForward(candidates, values), candidates.target)),
      backward: choiceIsOwn(chosen(bestBackward(candidates, values), candidates.source)),
    },
  };
}
