import { rm } from "node:fs/promises";
import { join } from "node:path";
import { openEncoder } from "../../embed/open-encoder.js";
import type { RunFolder } from "../../store/run-folder.js";
import { infoPath } from "../../store/vectors-file.js";
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
 * when no further pair needs them. Memory: the encoder, two texts' vectors, and the neighbours of all pairs (16 bytes
 * each, at most 2 · k a sentence).
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
    for (const [i, pair] of plan.pairs.entries()) {
      found.push(await searchPair(round, pair, texts, key, embedText, run, options));
      await dropVectors(round, plan, i + 1, run);
    }
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

/** Drops the vectors that no further pair needs, and at the end their folder. */
async function dropVectors(round: number, plan: Plan, next: number, run: RunFolder): Promise<void> {
  const folder = join(run.path, FOLDERS.vectors(round));
  const needed = new Set(plan.pairs.slice(next).flatMap(({ source, target }) => [source, target]));
  const done = plan.texts.filter(
    ({ name }, text) => !needed.has(text) && run.done.includes(STAGES.vectors(round, name)),
  );
  if (done.length > 0) await run.forget(...done.map(({ name }) => STAGES.vectors(round, name)));
  for (const { name } of done) {
    const path = join(folder, `${name}.npy`);
    for (const file of [path, infoPath(path)]) await rm(file, { force: true });
  }
  if (needed.size === 0) await rm(folder, { recursive: true, force: true });
}
