import type { Change } from "../../report/model.js";
import type { Pair } from "../../types/bitexts.js";
import { findChanges, type PairsAgain } from "./find-changes.js";
import type { ReportSettings } from "./options.js";

/** Which pairs have come since another bitext or run, and which are gone, where there is another. */
export async function changeAgainst(
  after: PairsAgain,
  { against, signal }: Pick<ReportSettings, "against" | "signal">,
): Promise<Change[] | undefined> {
  if (against === undefined) return undefined;
  return [await findChanges(`since ${against.name}`, against.pairs, after, signal)];
}

/** Pairs one by one. */
export async function* single(batches: AsyncIterable<Pair[]>): AsyncGenerator<Pair> {
  for await (const batch of batches) yield* batch;
}
