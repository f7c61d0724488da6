import { DEFAULT_K } from "../../../steps/neighbours/k.js";
import type { SideName } from "../../../types/texts.js";
import { searchClosedSet } from "../../evaluate/search-closed-set.js";
import type { Bitext, BitextGroup } from "../rounds/bitext.js";
import { spreadEvenly } from "./spread-evenly.js";
import { type MadeEncoder, openTestedVectors, type TestedVectorsOptions } from "./tested-vectors.js";

/** At most this many pairs of two languages are looked up. */
const MOST_PAIRS = 8192;

/**
 * The share of held-out pairs whose sentences an encoder's margins find again among all sentences; the mean of both
 * directions, then of the pairs of languages. Of many pairs, this many at even distances.
 */
export async function findHeldOut(
  made: MadeEncoder,
  { groups }: Bitext,
  options: TestedVectorsOptions,
): Promise<number> {
  await using vectors = await openTestedVectors(made, options);
  const tested = groups.filter(({ heldOut }) => heldOut.sources.length > 0);
  let sum = 0;
  for (const group of tested) {
    const texts = { source: numbersOf(group, "source"), target: numbersOf(group, "target") };
    const { source, target } = await vectors.of(group, texts);
    const { threads, signal } = options;
    const { margin } = await searchClosedSet(source, target, {
      margin: "ratio",
      k: DEFAULT_K,
      boundedK: true,
      threads,
      signal,
    });
    const count = group.heldOut.sources.length;
    const right = [margin.forward, margin.backward].flatMap((hits) => hits.slice(0, count)).filter(Boolean);
    sum += right.length / (2 * count);
  }
  return tested.length === 0 ? 0 : sum / tested.length;
}

/**
 * One side's texts: of the pairs held out, then of those to train on; text n of one side is paired with text n of the
 * other.
 */
function numbersOf({ heldOut, training }: BitextGroup, side: SideName): number[] {
  const [held, trained] = [heldOut, training].map((pairs) => pairs[`${side}s`]);
  return [...held, ...spreadEvenly(trained, MOST_PAIRS - held.length)];
}
