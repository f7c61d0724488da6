import { join, resolve } from "node:path";
import { BUILTIN, folderOf } from "../../embed/builtin.js";
import { textWindows } from "../../embed/embed.js";
import { findEncoderFolder } from "../../embed/find-folder.js";
import { readEncoderFolder } from "../../embed/folder/encoder-folder.js";
import { NORMALISE, type VectorStep } from "../../embed/folder/vector-step.js";
import { createNgramEncoder, DEFAULT_DIMENSIONS, NGRAM } from "../../embed/ngram/ngram.js";
import { openNgramTable } from "../../embed/ngram/ngram-table.js";
import type { OpenTable } from "../../embed/static/open-table.js";
import { ModelError, OptionError } from "../../errors.js";
import type { Key } from "../../store/manifest.js";
import type { RunFolder } from "../../store/run-folder.js";
import type { Stage } from "../../store/stage.js";
import type { Side } from "../side.js";
import { startKey } from "../starting-table.js";
import { writeTable } from "../write-trained.js";
import { FOLDERS, STAGES, stagesFrom } from "./names.js";

export interface LoopStartOptions {
  /** The folder that keeps every round; at its end, and after every round, it is an encoder and a bitext. */
  run: string;
  /** What the loop starts from: `builtin`, `ngram`, or the folder of a static encoder. @default "builtin" */
  encoder?: string;
  /** Size of the vectors of `ngram`. @default 256 */
  dimensions?: number;
  /** Chooses the directions of `ngram`, what is held out, and the order of training. @default 0 */
  seed?: number;
  signal?: AbortSignal;
}

/** An encoder's folder, and what tells it from any other. */
export interface KnownEncoder {
  folder: string;
  key: Key;
}

/**
 * The encoder that the loop starts from, as a static folder; every round trains it anew. That of `ngram` is made of
 * all texts, whose words it weighs, and kept in the run.
 *
 * @throws ModelError if the encoder has no table; OptionError if dimensions are given for one that has its own
 */
export async function openLoopStart(
  texts: readonly Side[],
  store: RunFolder,
  { encoder = BUILTIN, dimensions, seed = 0, run, signal }: LoopStartOptions,
): Promise<KnownEncoder> {
  if (encoder !== NGRAM) {
    const folder = resolve(await findEncoderFolder(encoder));
    return { folder, key: await startKey({ from: folder }, signal) };
  }
  const key = {
    dimensions: dimensions ?? DEFAULT_DIMENSIONS,
    seed,
    texts: texts.map(({ textHash }) => textHash),
  };
  const folder = join(run, FOLDERS.start);
  const stage: Stage<unknown, OpenTable> = {
    name: STAGES.start,
    key,
    feeds: stagesFrom(0, store.done),
    make: async () => {
      const table = openNgramTable(key.dimensions, seed);
      const pieces: Int32Array[] = [];
      for (const { texts: sentences } of texts)
        for (const window of textWindows(sentences)) {
          signal?.throwIfAborted();
          for (const features of await table.piecesOf(window)) pieces.push(Int32Array.from(features));
        }
      table.weigh(pieces);
      return table;
    },
    save: (table) =>
      writeTable(folder, table, {
        from: NGRAM,
        settings: { centre: true, sentences: texts.reduce((sum, side) => sum + side.texts.length, 0) },
        card: "# start\n\nHashed words and character n-grams in random directions, weighed by how rare they are: not trained yet.\n",
      }),
    load: () => readEncoderFolder(folder),
  };
  await store.keep(stage);
  return { folder, key };
}

/** Checks an encoder before anything is read. */
export async function checkStart({ encoder = BUILTIN, dimensions, run }: LoopStartOptions): Promise<void> {
  if (encoder === NGRAM) {
    createNgramEncoder({ dimensions });
    return;
  }
  if (dimensions !== undefined)
    throw new OptionError(`dimensions goes with ngram; ${encoder} has its own. Distil it to fewer.`);
  const folder = folderOf(encoder);
  if (`${resolve(folder)}/`.startsWith(`${resolve(run)}/`))
    throw new OptionError(
      `${encoder}: is made by this run, so it cannot start from it. Name another run folder.`,
    );
  const { modules } = await readEncoderFolder(await findEncoderFolder(encoder));
  if (modules.input.kind !== "static")
    throw new ModelError(
      `${encoder}: is no static encoder, so it has no table that the loop could train. Make one of it with crisscross distil, or start from builtin or ngram.`,
    );
  checkSteps(encoder, modules.steps);
}

/** Training changes the table alone, so nothing may come between it and the vectors. */
function checkSteps(encoder: string, steps: readonly VectorStep[]): void {
  const other = steps.find((step) => step !== NORMALISE);
  if (other)
    throw new ModelError(
      `${encoder}: has a further layer (${other.name}) after its table, which the loop cannot train. Start from an encoder without one.`,
    );
}
