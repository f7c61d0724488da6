import { join } from "node:path";
import { InputError } from "../../errors.js";
import { duplicateKey } from "../../filter/duplicate-key.js";
import type { RereadBitext } from "../../steps/bitexts/read-twice.js";
import { Skips } from "../../steps/bitexts/skips.js";
import { findBest } from "../../store/hashes/find-best.js";
import { findFirsts } from "../../store/hashes/find-firsts.js";
import type { Firsts } from "../../store/hashes/first-occurrences.js";
import { openHash } from "../../store/hashes/hash-text.js";
import { countCodes } from "../../text/code-points.js";
import { comparedBy } from "../../text/copy-key.js";
import type { Pair } from "../../types/bitexts.js";
import { option, say } from "../../wording.js";
import type { SettledChoices } from "./choices.js";

/** Which pairs stay, by their number from 0, and how many could not be read. */
export interface Compared {
  firsts: Firsts;
  skipped: number;
}

/**
 * The first pass: which of the pairs that are equal stays.
 *
 * @param folder for what the budget does not hold
 * @throws InputError if the best shall stay and none has a score
 */
export async function comparePairs(
  bitext: Pick<RereadBitext, "name" | "read">,
  folder: string,
  { of, near, keep, memory, onEvent, signal }: SettledChoices,
): Promise<Compared> {
  const hash = await openHash();
  const textKey = comparedBy(near);
  const skips = new Skips(onEvent);
  let scored = false;
  const worthOf = (pair: Pair): number => {
    scored ||= pair.score !== undefined;
    if (keep === "longest") return countCodes(pair.source) + countCodes(pair.target);
    return Number.isNaN(pair.score ?? Number.NaN) ? Number.NEGATIVE_INFINITY : pair.score!;
  };
  const parts = async function* () {
    let done = 0;
    for await (const batch of bitext.read({ onSkip: skips.onSkip })) {
      yield {
        hashes: BigUint64Array.from(batch, (pair) => hash(duplicateKey(of, pair, textKey))),
        values: Float64Array.from(batch, worthOf),
      };
      done += batch.length;
      onEvent?.({ kind: "progress", stage: "compare", done, unit: "pairs" });
    }
  };
  const hashes = async function* () {
    for await (const part of parts()) yield part.hashes;
  };
  const options = { folder: join(folder, "hashes"), memoryBytes: memory };
  const firsts = await (keep === "first"
    ? findFirsts(hashes(), options, signal)
    : findBest(parts(), options, signal));
  if (keep === "best" && !scored && firsts.length > 0) {
    firsts[Symbol.dispose]();
    throw new InputError({ path: bitext.name }, "has no scores, so that none of equal pairs is the best.", {
      advice: say`Name where they are with ${option("scoreColumn")}, ${option("scoreField")} or ${option("scoreProperty")}.`,
    });
  }
  return { firsts, skipped: skips.count };
}
