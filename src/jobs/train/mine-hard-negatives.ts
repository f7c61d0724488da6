import type { JobEvent } from "../../events.js";
import { searchExact } from "../../search/exact.js";
import { inMemory } from "../../search/in-memory.js";
import { prepareRows } from "../../search/prepare-rows.js";
import { type Bags, countBags, numberBags, takeBags } from "../../train/bags.js";
import { sumRows } from "../../train/sum-rows.js";
import type { PackedGroup, TrainTableOptions } from "../../train/training.js";
import { NO_NEIGHBOUR } from "../../types/neighbours.js";
import type { VectorRows } from "../../types/vectors.js";

/** Pairs that are searched together: a hard negative is the nearest among so many targets. */
const CHUNK = 8192;

export interface HardNegativeOptions {
  /** How many of a batch's sources bring their hard negative. */
  count: number;
  maxPieces: number;
  threads?: number;
  signal?: AbortSignal;
  onEvent: (event: JobEvent) => void;
}

/**
 * For every pair, the target nearest to its source under the table as it is that is not its translation: the wrong
 * answer most easily taken for the right one (Guo et al. 2018, effective parallel corpus mining).
 *
 * @param table rows × dimensions
 */
export async function mineHardNegatives(
  table: Float32Array,
  dimensions: number,
  groups: readonly PackedGroup[],
  { count, maxPieces, threads, signal, onEvent }: HardNegativeOptions,
): Promise<NonNullable<TrainTableOptions["hardNegatives"]>> {
  const nearest: Uint32Array[] = [];
  for (const [done, { source, target }] of groups.entries()) {
    onEvent({ kind: "progress", stage: "hard negatives", done, total: groups.length, unit: "files" });
    const texts = numberBags(target);
    const found = new Uint32Array(countBags(source)).fill(NO_NEIGHBOUR);
    for (let first = 0; first < found.length; first += CHUNK) {
      const indices = Uint32Array.from(
        { length: Math.min(CHUNK, found.length - first) },
        (_, i) => first + i,
      );
      const vectorsOf = (bags: Bags): VectorRows => {
        const data = sumRows(table, dimensions, takeBags([{ bags, indices }], maxPieces));
        const vectors = { rows: indices.length, dimensions, data };
        prepareRows(vectors);
        return inMemory(vectors);
      };
      const { forward } = await searchExact(vectorsOf(source), vectorsOf(target), {
        k: 4,
        forwardOnly: true,
        threads,
        signal,
      });
      for (const [row, pair] of indices.entries()) {
        const neighbours = forward.indices.subarray(row * forward.k, (row + 1) * forward.k);
        const wrong = neighbours.find((i) => i !== NO_NEIGHBOUR && texts[first + i] !== texts[pair]);
        if (wrong !== undefined) found[pair] = first + wrong;
      }
    }
    nearest.push(found);
  }
  return (group, pairs) =>
    Array.from(pairs.subarray(0, count), (pair) => nearest[group][pair]).filter(
      (pair) => pair !== NO_NEIGHBOUR,
    );
}
