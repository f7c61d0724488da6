import { randomNumbers } from "../../train/random.js";
import type { Components } from "./components.js";

/** A stream of random numbers of its own. */
const STREAM = 0x59;

export const SPLITS = ["train", "dev", "test"] as const;
export type Split = (typeof SPLITS)[number];

/** The pairs of a bitext by the split that each of them goes to. */
export interface Division {
  components: Components;
  /** The split of each component that is not train's, by its first pair. */
  splits: ReadonlyMap<number, Split>;
}

export function splitOf({ components, splits }: Division, pair: number): Split {
  return splits.get(components.firstOf(pair)) ?? "train";
}

interface Ranked {
  first: number;
  size: number;
  rank: number;
}

/**
 * Puts components into test, then into dev, in a random order, each where it fits as a whole; train gets the rest. A
 * component that fits nowhere is passed over, so the splits get the size asked for if there are enough small
 * components.
 */
export function chooseSplits(
  components: Components,
  wanted: { dev: number; test: number },
  seed: number,
): Division {
  const all = wanted.dev + wanted.test;
  // The components drawn early mostly suffice; how far one looks changes neither the order nor the choice.
  for (let share = (2 * all + 1000) / Math.max(1, components.length); ; share *= 4) {
    const chosen = new Map<number, Split>();
    const left = { ...wanted };
    for (const { first, size } of draw(components, share, Math.max(wanted.dev, wanted.test), seed)) {
      const split = size <= left.test ? "test" : size <= left.dev ? "dev" : undefined;
      if (split === undefined) continue;
      chosen.set(first, split);
      left[split] -= size;
    }
    if (share >= 1 || left.dev + left.test === 0) return { components, splits: chosen };
  }
}

/** The components of up to `largest` pairs whose random number is below `share`, by that. */
function draw(components: Components, share: number, largest: number, seed: number): Ranked[] {
  const drawn: Ranked[] = [];
  for (let pair = 0; pair < components.length; pair++) {
    if (!components.isFirst(pair)) continue;
    const size = components.sizeOf(pair);
    if (size > largest) continue;
    const rank = randomNumbers(seed, STREAM, pair)();
    if (rank < share) drawn.push({ first: pair, size, rank });
  }
  return drawn.sort((a, b) => a.rank - b.rank || a.first - b.first);
}
