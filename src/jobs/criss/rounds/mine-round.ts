import { candidatesKey, candidatesStage } from "../../../steps/neighbours/candidates-stage.js";
import type { Found } from "../../../steps/neighbours/found.js";
import { exactIndex } from "../../../steps/neighbours/indexes/exact-index.js";
import { planMemory } from "../../../steps/neighbours/memory-plan.js";
import { prepareSides, warnOfClippedK } from "../../../steps/neighbours/prepare-sides.js";
import { scoreExactly } from "../../../steps/neighbours/score-exactly.js";
import { boundK, centringKey } from "../../../steps/vectors/few-sides.js";
import { placeStage } from "../folder/placed-stage.js";
import type { Loop, Round } from "../loop.js";
import { openRoundVectors, type RoundVectors } from "./round-vectors.js";

const EXACT = { index: "exact", type: "float32" } as const;

/**
 * Embeds every text and searches every pair of languages, exactly and in both directions at once. Each side's mean is
 * subtracted, and a sentence and its untranslated copy are never neighbours. Vectors are dropped when no further pair
 * needs them. Memory: the encoder, and of one pair of languages the vectors, unless `memory` is too little for them,
 * and the neighbours (16 bytes each, at most 2 · k for each sentence).
 *
 * @param take what is wanted of the neighbours of a pair, which are not held any longer
 * @returns it for each pair of languages, in the order of the plan
 */
export async function mineRound<T>(
  loop: Loop,
  round: Round,
  take: (found: Found, pair: number) => T,
): Promise<T[]> {
  await using vectors = openRoundVectors(loop, round);
  const taken: T[] = [];
  for (const pair of loop.plan.pairs.keys()) {
    // A variable of this function would hold them while the next pair is searched.
    taken.push(await minePair(loop, round, vectors, pair).then((found) => take(found, pair)));
    await vectors.drop(pair + 1);
  }
  return taken;
}

async function minePair(
  { plan, texts, run, stages, options }: Loop,
  { number, encoder }: Round,
  vectors: RoundVectors,
  pair: number,
): Promise<Found> {
  const { k, memory, onEvent } = options;
  const planned = plan.pairs[pair];
  const guard = "copies";
  const indexOf = (heldRows?: number) => exactIndex("float32", options, { ...options, heldRows });
  const sides = { source: texts[planned.source], target: texts[planned.target] };
  const hashes = { source: sides.source.textHash, target: sides.target.textHash };
  const neighbourhood = boundK(options, true, sides);
  // That every loop centres goes without saying.
  const { mean } = centringKey(true, sides);
  const key = candidatesKey(
    { ...hashes, encoder: encoder.key, mean, ...indexOf().key },
    neighbourhood,
    guard,
  );
  const stage = candidatesStage(key, async () => {
    using source = await vectors.of(planned.source);
    using target = await vectors.of(planned.target);
    const size = { source: source.info.rows, target: target.info.rows, dimensions: source.info.dimensions };
    const plan = memory === undefined ? undefined : planMemory(EXACT, size, { memory, k });
    const prepared = prepareSides(sides, { source, target }, { centre: true, held: plan?.held, onEvent });
    warnOfClippedK(neighbourhood, prepared, onEvent);
    const index = indexOf(plan?.heldRows);
    const neighbours = await index.search(prepared, k + index.extra);
    const heldRows = plan?.rescoredRows;
    return await scoreExactly(neighbours, { sides, prepared }, { ...neighbourhood, guard, heldRows });
  });
  return run.keep(placeStage(stage, stages.rounds[number].candidates[pair]));
}
