import { NO_NEIGHBOUR } from "../../types/neighbours.js";
import type { BatchTexts, ContrastiveStep } from "../contrastive.js";
import type { AdapterGroup } from "./adapter-training.js";

/** What a step is made on: vectors of the asking texts, of their answers, and of further wrong answers, in this order. */
export interface AdapterBatch {
  vectors: Float32Array;
  pairs: number;
  ids: { asking: Int32Array; answering: Int32Array; negatives: Int32Array };
}

/**
 * Gathers a batch. The sides take turns: hard negatives are wrong answers to the sources in even steps, to the targets
 * in odd ones. One that several pairs have is there once, and none that answers another pair.
 */
export function gatherBatch(group: AdapterGroup, pairs: Uint32Array, step: number): AdapterBatch {
  const [from, to] = step % 2 === 0 ? [group.source, group.target] : [group.target, group.source];
  const asking = pairs.map((pair) => from.rows[pair]);
  const answering = pairs.map((pair) => to.rows[pair]);
  const count = to.negatives.length / to.rows.length;
  const wrong = new Set<number>();
  for (const pair of pairs)
    for (const row of to.negatives.subarray(pair * count, (pair + 1) * count)) wrong.add(row);
  wrong.delete(NO_NEIGHBOUR);
  for (const row of answering) wrong.delete(row);
  const negatives = Uint32Array.from(wrong);
  const parts = [from.gather(asking), to.gather(answering), to.gather(negatives)];
  return {
    vectors: join(parts),
    pairs: pairs.length,
    ids: {
      asking: Int32Array.from(asking),
      answering: Int32Array.from(answering),
      negatives: Int32Array.from(negatives),
    },
  };
}

/** The vectors of a batch, or what became of them, as the contrastive loss takes them. */
export function partBatch(
  { pairs, ids }: AdapterBatch,
  vectors: Float32Array,
  dimensions: number,
): [Float32Array, Float32Array, BatchTexts] {
  const side = pairs * dimensions;
  const texts = {
    sourceIds: ids.asking,
    targetIds: ids.answering,
    negatives: { sums: vectors.subarray(2 * side), ids: ids.negatives },
  };
  return [vectors.subarray(0, side), vectors.subarray(side, 2 * side), texts];
}

/** The loss's derivatives by the vectors of a batch, in their order. */
export function joinGradients(found: ContrastiveStep): Float32Array {
  const { sourceGradient, targetGradient, negativesGradient = new Float32Array() } = found;
  return join([sourceGradient, targetGradient, negativesGradient]);
}

function join(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let start = 0;
  for (const part of parts) {
    all.set(part, start);
    start += part.length;
  }
  return all;
}
