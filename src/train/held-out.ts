import { PURPOSE } from "./purposes.js";
import { randomNumbers, shuffle } from "./random.js";

/** At most one pair in this many is held out, so that a small group is left to train on. */
const TRAINING_SHARE = 5;

/** The numbers of a group's pairs, taken apart; each part in ascending order. */
export interface Split {
  readonly training: Uint32Array;
  readonly heldOut: Uint32Array;
}

/** Holds `count` of a group's pairs out at random, but never more than a fifth of them. */
export function holdOut(size: number, count: number, seed: number, group: number): Split {
  const order = Uint32Array.from({ length: size }, (_, i) => i);
  shuffle(order, randomNumbers(seed, PURPOSE.heldOut, group));
  const held = Math.min(count, Math.floor(size / TRAINING_SHARE));
  return { heldOut: order.slice(0, held).sort(), training: order.slice(held).sort() };
}
