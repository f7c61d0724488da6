import { PURPOSE } from "./purposes.js";
import { randomNumbers, shuffle } from "./random.js";

/** At most one pair in this many is held out, so that a small group is left to train on. */
const TRAINING_SHARE = 5;

/** The numbers of a group's pairs, taken apart; each part in ascending order. */
export interface Split {
  readonly training: Uint32Array;
  readonly heldOut: Uint32Array;
}

/** How a group's pairs are held out. */
export interface HoldOut {
  /** How many, but never more than a fifth. */
  validation: number;
  seed: number;
  /** Which group it is: each has random numbers of its own. */
  group: number;
}

/** Holds some of a group's pairs out at random. */
export function holdOut(size: number, { validation, seed, group }: HoldOut): Split {
  const order = Uint32Array.from({ length: size }, (_, i) => i);
  shuffle(order, randomNumbers(seed, PURPOSE.heldOut, group));
  const held = Math.min(validation, Math.floor(size / TRAINING_SHARE));
  return { heldOut: order.slice(0, held).sort(), training: order.slice(held).sort() };
}
