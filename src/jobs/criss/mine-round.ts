import { candidatesKey, candidatesStage } from "../../steps/neighbours/candidates-stage.js";
import type { Found } from "../../steps/neighbours/found.js";
import { exactIndex } from "../../steps/neighbours/indexes/exact-index.js";
import { prepareSides, warnOfClippedK } from "../../steps/neighbours/prepare-sides.js";
import { scoreExactly } from "../../steps/neighbours/score-exactly.js";
import type { Side } from "../../steps/texts/side.js";
import type { RunFolder } from "../../store/run/run-folder.js";
import type { KnownEncoder } from "./known-encoder.js";
import type { EmbedOptions } from "./lazy-encoder.js";
import { FOLDERS, STAGES, stagesFrom } from "./names.js";
import { placeStage } from "./placed-stage.js";
import type { Plan, PlannedPair } from "./plan.js";
import { openRoundVectors, type RoundVectors } from "./round-vectors.js";

export interface MineRoundOptions extends EmbedOptions {
  k: number;
}

/** Of each pair of languages the neighbours, in the order of the plan. */
export type FoundPairs = Found[];

/**
 * Embeds every text and searches every pair of languages, exactly and in both directions at once; vectors have each
 * side's mean subtracted, and a sentence and its untranslated copy are never there for each other. Vectors are dropped
 * when no further pair needs them. Memory: the encoder, two texts' vectors, and the neighbours of all pairs (16 bytes
 * each, at most 2 · k a sentence).
 */
export async function mineRound(
  round: number,
  plan: Plan,
  texts: readonly Side[],
  encoder: KnownEncoder,
  run: RunFolder,
  options: MineRoundOptions,
): Promise<FoundPairs> {
  const vectors = openRoundVectors(round, plan, texts, encoder, run, options);
  try {
    const found: FoundPairs = [];
    for (const [i, pair] of plan.pairs.entries()) {
      found.push(await searchPair(round, pair, texts, encoder.key, vectors, run, options));
      await vectors.drop(i + 1);
    }
    return found;
  } finally {
    await vectors.close();
  }
}

async function searchPair(
  round: number,
  pair: PlannedPair,
  texts: readonly Side[],
  encoder: KnownEncoder["key"],
  vectors: RoundVectors,
  run: RunFolder,
  { k, threads, signal, onEvent }: MineRoundOptions,
): Promise<Found> {
  const sides = { source: texts[pair.source], target: texts[pair.target] };
  const vectorsKey = { source: sides.source.textHash, target: sides.target.textHash, encoder };
  const index = exactIndex("float32", { threads }, { signal, onEvent });
  const options = { k, guard: "copies" } as const;
  const key = candidatesKey({ ...vectorsKey, ...index.key }, options);
  const stage = candidatesStage(key, async () => {
    using source = await vectors.of(pair.source);
    using target = await vectors.of(pair.target);
    const prepared = prepareSides(sides, { source, target }, { centre: true, onEvent });
    warnOfClippedK(k, prepared, onEvent);
    const neighbours = await index.search(prepared, k + index.extra);
    return scoreExactly(neighbours, { sides, prepared }, options);
  });
  return run.keep(
    placeStage(
      stage,
      STAGES.candidates(round, pair.name),
      FOLDERS.candidates(round, pair.name),
      stagesFrom(round, run.done),
    ),
  );
}
