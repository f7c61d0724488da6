import { areFinite } from "../statistics/are-finite.js";
import { numberBags, takeBags } from "./bags.js";
import { type ClosedSetAccuracy, openClosedSetAccuracy } from "./closed-set-accuracy.js";
import type { LinearMap } from "./linear-map.js";
import { sumRows } from "./sum-rows.js";
import type { TrainingGroup } from "./training.js";

export interface Validator extends AsyncDisposable {
  /**
   * Mean closed-set accuracy of the groups that hold something out.
   *
   * @throws the signal's reason when it aborts
   */
  accuracy(signal?: AbortSignal): Promise<number>;
}

export interface ValidatorSetup {
  table: Float32Array;
  dimensions: number;
  map?: LinearMap;
  maxPieces: number;
  groups: readonly TrainingGroup[];
  /** Of each group the numbers of its pairs. */
  heldOut: readonly Uint32Array[];
  threads?: number;
}

/** @returns undefined if no group holds anything out */
export async function openValidator(setup: ValidatorSetup): Promise<Validator | undefined> {
  const tested = setup.heldOut.flatMap((pairs, i) =>
    pairs.length > 0 ? [{ group: setup.groups[i], pairs }] : [],
  );
  if (tested.length === 0) return undefined;
  const closedSet = await openClosedSetAccuracy(setup.dimensions, setup.threads);
  return {
    async accuracy(signal) {
      let sum = 0;
      for (const { group, pairs } of tested) {
        signal?.throwIfAborted();
        sum += await accuracyOf(closedSet, setup, group, pairs);
      }
      return sum / tested.length;
    },
    [Symbol.asyncDispose]: () => closedSet[Symbol.asyncDispose](),
  };
}

async function accuracyOf(
  closedSet: ClosedSetAccuracy,
  { table, dimensions, map, maxPieces }: ValidatorSetup,
  group: TrainingGroup,
  pairs: Uint32Array,
): Promise<number> {
  const [source, target] = [group.source, group.target].map((bags) =>
    takeBags([{ bags, indices: pairs }], maxPieces),
  );
  const sumsOf = async (bags: typeof source) => {
    const sums = sumRows(table, dimensions, bags);
    return map ? map.forward(sums) : sums;
  };
  const sums = [await sumsOf(source), await sumsOf(target)];
  // The nearest of NaN would be whatever comes first.
  if (!sums.every(areFinite)) return 0;
  return closedSet.accuracy(sums[0], sums[1], numberBags(source), numberBags(target));
}
