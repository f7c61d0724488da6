import { rm } from "node:fs/promises";
import { join } from "node:path";
import { openEncoder } from "../../embed/open-encoder.js";
import type { RunFolder } from "../../store/run-folder.js";
import type { Encoder } from "../../types.js";
import { candidatesStage, type Found } from "../candidates-stage.js";
import { shareEncoder } from "../encoder-source.js";
import type { JobEvent } from "../events.js";
import { chooseIndex } from "../indexes.js";
import type { Side } from "../side.js";
import { type SideVectors, vectorsStage } from "../vectors-stage.js";
import type { KnownEncoder } from "./known-encoder.js";
import { FOLDERS, STAGES, stagesFrom } from "./names.js";
import { placeStage } from "./placed-stage.js";
import type { Plan, PlannedPair } from "./plan.js";

export interface MineRoundOptions {
  k: number;
  threads?: number;
  signal?: AbortSignal;
  onEvent: (event: JobEvent) => void;
}

/** Of each pair of languages the neighbours, in the order of the plan. */
export type FoundPairs = Found[];

/**
 * Embeds every text and searches every pair of languages, exactly and in both directions at once; vectors have each
 * side's mean subtracted, and a sentence and its untranslated copy are never there for each other. Vectors are dropped
 * at the end. Memory: the encoder and two texts' vectors.
 */
export async function mineRound(
  round: number,
  plan: Plan,
  texts: readonly Side[],
  { folder, key, options: how }: KnownEncoder,
  run: RunFolder,
  options: MineRoundOptions,
): Promise<FoundPairs> {
  const { threads, signal, onEvent } = options;
  let opened: Promise<Encoder> | undefined;
  const embedText = (number: number): Promise<SideVectors> => {
    const { name } = plan.texts[number];
    const side = texts[number];
    const stage = vectorsStage(name, side, {
      key: { encoder: key },
      open: async () => {
        opened ??= openEncoder(folder, { ...how, threads });
        const shared = { encoder: await opened, signal, onEvent };
        return (await shareEncoder({ source: side, target: side }, shared)).source.open();
      },
    });
    return run.keep(placeStage(stage, STAGES.vectors(round, name), FOLDERS.vectors(round)));
  };
  try {
    const found: FoundPairs = [];
    for (const pair of plan.pairs)
      found.push(await searchPair(round, pair, texts, key, embedText, run, options));
    await dropVectors(round, plan, run);
    return found;
  } finally {
    await (await opened?.catch(() => undefined))?.close?.();
  }
}

async function searchPair(
  round: number,
  pair: PlannedPair,
  texts: readonly Side[],
  encoder: KnownEncoder["key"],
  embedText: (text: number) => Promise<SideVectors>,
  run: RunFolder,
  { k, threads, signal, onEvent }: MineRoundOptions,
): Promise<Found> {
  const sides = { source: texts[pair.source], target: texts[pair.target] };
  const vectorsKey = { source: sides.source.textHash, target: sides.target.textHash, encoder };
  const index = chooseIndex({ threads }, { keep: (stage) => run.keep(stage), vectorsKey, signal, onEvent });
  const stage = candidatesStage(
    sides,
    { ...vectorsKey, ...index.key },
    { k, guard: "copies", centre: true, onEvent },
    {
      vectors: async () => ({ source: await embedText(pair.source), target: await embedText(pair.target) }),
      search: index.search,
    },
  );
  return run.keep(
    placeStage(
      stage,
      STAGES.candidates(round, pair.name),
      FOLDERS.candidates(round, pair.name),
      stagesFrom(round, run.done),
    ),
  );
}

async function dropVectors(round: number, { texts }: Plan, run: RunFolder): Promise<void> {
  await run.forget(...texts.map(({ name }) => STAGES.vectors(round, name)));
  await rm(join(run.path, FOLDERS.vectors(round)), { recursive: true, force: true });
}
