import { isFew } from "../../score/few-sentences.js";
import type { Key } from "../../store/run/manifest.js";
import type { Sides } from "../texts/side.js";

/** How a search averages the neighbours of its vectors. */
export interface Neighbourhood {
  k: number;
  /** Whether fewer than k count among few sentences. */
  boundedK: boolean;
}

/**
 * Bounds k by the size of the sides, unless somebody asked for it, where few sentences are centred: unrelated ones have
 * cosines about zero then, and with them all a neighbourhood has none to speak of. Of vectors that are not centred all
 * cosines are high, and the k nearest are LASER's.
 */
export function boundK(
  { k, openK }: { k: number; openK: boolean },
  centre: boolean,
  sides: Sides,
): Neighbourhood {
  return { k, boundedK: openK && centre && haveFew(sides) };
}

function haveFew({ source, target }: Sides): boolean {
  return isFew(source.texts.length) || isFew(target.texts.length);
}

/** What a search depends on in how its vectors are centred; a run of many sentences keeps the key that it had. */
export function centringKey(centre: boolean, sides: Sides): Key {
  return centre && haveFew(sides) ? { centre, mean: "shrunk" } : { centre };
}
