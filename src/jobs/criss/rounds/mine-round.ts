import { candidatesKey, candidatesStage } from "../../../steps/neighbours/candidates-stage.js";
import type { Found } from "../../../steps/neighbours/found.js";
import { exactIndex } from "../../../steps/neighbours/indexes/exact-index.js";
import { prepareSides, warnOfClippedK } from "../../../steps/neighbours/prepare-sides.js";
import { scoreExactly } from "../../../steps/neighbours/score-exactly.js";
import { boundK, centringKey } from "../../../steps/vectors/few-sides.js";
import { placeStage } from "../folder/placed-stage.js";
import type { Loop, Round } from "../loop.js";
import { openRoundVectors } from "./round-vectors.js";

/**
 * Embeds every text and searches every pair of languages, exactly and in both directions at once. Each side's mean is
 * subtracted, and a sentence and its untranslated copy are never neighbours. Vectors are dropped when no further pair
 * needs them. Memory: the encoder, two texts' vectors, and the neighbours of all pairs (16 bytes each, at most 2 · k
 * for each sentence).
 *
 * @returns the neighbours of each pair of languages, in the order of the plan
 */
export async function mineRound(loop: Loop, round: Round): Promise<Found[]> {
  const { plan, texts, run, stages, options } = loop;
  const { k, onEvent } = options;
  const guard = "copies";
  const index = exactIndex("float32", options, options);
  await using vectors = openRoundVectors(loop, round);
  const found: Found[] = [];
  for (const [i, pair] of plan.pairs.entries()) {
    const sides = { source: texts[pair.source], target: texts[pair.target] };
    const hashes = { source: sides.source.textHash, target: sides.target.textHash };
    const neighbourhood = boundK(options, true, sides);
    // That every loop centres goes without saying.
    const { mean } = centringKey(true, sides);
    const key = candidatesKey(
      { ...hashes, encoder: round.encoder.key, mean, ...index.key },
      neighbourhood,
      guard,
    );
    const stage = candidatesStage(key, async () => {
      using source = await vectors.of(pair.source);
      using target = await vectors.of(pair.target);
      const prepared = prepareSides(sides, { source, target }, { centre: true, onEvent });
      warnOfClippedK(neighbourhood, prepared, onEvent);
      const neighbours = await index.search(prepared, k + index.extra);
      return await scoreExactly(neighbours, { sides, prepared }, { ...neighbourhood, guard });
    });
    found.push(await run.keep(placeStage(stage, stages.rounds[round.number].candidates[i])));
    await vectors.drop(i + 1);
  }
  return found;
}
