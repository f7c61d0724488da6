import { InputError } from "../../errors.js";
import { option, say, type Wording } from "../../wording.js";
import type { GoldPairs } from "./gold.js";

/** A bitext that is compared with gold pairs. */
export interface Compared {
  /** What messages call it. */
  name: string;
  /** Its pairs as gold pairs would be called, `source⇥target`. */
  pairs: readonly string[];
  gold: GoldPairs;
  /** The file of the gold pairs. */
  path: string;
  /** Whether the gold pairs are identifiers that were looked up. */
  hasIds: boolean;
}

/**
 * Sees to it that gold pairs are about the bitext: if no text of one of their sides is in it, an F1 of 0 would say nothing.
 *
 * @throws InputError
 */
export function refuseStrangeGold(compared: Compared): void {
  const { name, pairs, gold, path, hasIds } = compared;
  const golden = sidesOf(gold);
  const found = sidesOf(pairs);
  const strange = (["source", "target"] as const).find(
    (side) => ![...golden[side]].some((one) => found[side].has(one)),
  );
  if (strange === undefined || pairs.length === 0) return;
  const isTurned = pairs.some((pair) => gold.has(pair.split("\t").reverse().join("\t")));
  throw new InputError(
    { path },
    `no ${strange} of its ${gold.size} pairs is the ${strange} of a pair of ${name}, so that nothing could be found.`,
    { advice: isTurned ? "Its sides are the other way round." : adviceOn(hasIds) },
  );
}

function adviceOn(hasIds: boolean): Wording {
  return hasIds
    ? say`Give the files of sentences that were mined as ${option("source")} and ${option("target")}.`
    : say`Expected source⇥target as in the bitext; of identifiers, give ${option("source")} and ${option("target")}, files of id⇥sentence.`;
}

function sidesOf(pairs: Iterable<string>): Record<"source" | "target", Set<string>> {
  const sides = { source: new Set<string>(), target: new Set<string>() };
  for (const pair of pairs) {
    const [source, target] = pair.split("\t");
    sides.source.add(source);
    sides.target.add(target);
  }
  return sides;
}
