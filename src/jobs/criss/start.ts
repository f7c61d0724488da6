import { join, resolve } from "node:path";
import { BUILTIN, folderOf } from "../../embed/builtin.js";
import { textWindows } from "../../embed/embed.js";
import { findEncoderFolder } from "../../embed/find-folder.js";
import { type EncoderFolder, readEncoderFolder } from "../../embed/folder/encoder-folder.js";
import { createNgramEncoder, DEFAULT_DIMENSIONS, NGRAM } from "../../embed/ngram/ngram.js";
import { openNgramTable } from "../../embed/ngram/ngram-table.js";
import { openEncoder } from "../../embed/open-encoder.js";
import type { OpenTable } from "../../embed/static/open-table.js";
import { OptionError } from "../../errors.js";
import type { JobEvent } from "../../events.js";
import type { Side } from "../../steps/texts/side.js";
import { isInside } from "../../store/files/is-inside.js";
import type { RunFolder } from "../../store/run/run-folder.js";
import type { Stage } from "../../store/run/stage.js";
import { writeTable } from "../train/write-trained.js";
import type { KnownEncoder, StartFolderOptions } from "./known-encoder.js";
import { FOLDERS, STAGES, stagesFrom } from "./names.js";

export interface LoopStartOptions extends StartFolderOptions {
  /** The folder that keeps every round; at its end, and after every round, it is an encoder and a bitext. */
  run: string;
  /** What the loop starts from: `builtin`, `ngram`, or an encoder's folder or name on the hub. @default "builtin" */
  encoder?: string;
  /** Size of the vectors of `ngram`. @default 256 */
  dimensions?: number;
  /** Chooses the directions of `ngram`, what is held out, and the order of training. @default 0 */
  seed?: number;
  /** Whether the rounds that there are stay as they are, whatever becomes of the start. */
  continue?: boolean;
  signal?: AbortSignal;
  onEvent?: (event: JobEvent) => void;
}

/**
 * The encoder that the loop starts from; every round trains it anew. That of `ngram` is made of all texts, whose words it
 * weighs, and kept in the run.
 */
export async function openLoopStart(
  texts: readonly Side[],
  store: RunFolder,
  {
    encoder = BUILTIN,
    dimensions,
    seed = 0,
    run,
    continue: goesOn,
    signal,
    onEvent,
    variant,
    revision,
    prompt,
    promptName,
  }: LoopStartOptions,
): Promise<KnownEncoder> {
  if (encoder !== NGRAM) {
    const options = { variant, revision, prompt, promptName };
    const { space, prompts, close } = await openEncoder(encoder, { ...options, signal, onEvent });
    await close?.();
    const folder = resolve(await findEncoderFolder(encoder, { variant, revision }));
    return { folder, name: encoder, key: { space, prompts }, options };
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
    feeds: goesOn ? [] : stagesFrom(0, store.done),
    make: async () => {
      const table = openNgramTable(key.dimensions, seed);
      await table.weigh(piecesOf(texts, table, signal));
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

async function* piecesOf(texts: readonly Side[], table: OpenTable, signal?: AbortSignal) {
  for (const { texts: sentences } of texts)
    for (const window of textWindows(sentences)) {
      signal?.throwIfAborted();
      yield* await table.piecesOf(window);
    }
}

/**
 * Finds the folder of the encoder to start from, before anything is read; `ngram` has none.
 *
 * @throws ModelError if there is no such encoder; OptionError if it cannot be a start, or has no such dimensions
 */
export async function findStart({
  encoder = BUILTIN,
  dimensions,
  run,
  signal,
  onEvent,
  ...how
}: LoopStartOptions): Promise<EncoderFolder | undefined> {
  if (encoder === NGRAM) {
    createNgramEncoder({ dimensions });
    const given = (["variant", "revision", "prompt", "promptName"] as const).find(
      (option) => how[option] !== undefined,
    );
    if (given) throw new OptionError(`${given} goes with an encoder's folder; ngram has none. Leave it out.`);
    return undefined;
  }
  if (dimensions !== undefined)
    throw new OptionError(`dimensions goes with ngram; ${encoder} has its own. Distil it to fewer.`);
  const folder = folderOf(encoder);
  if (isInside(folder, run))
    throw new OptionError(
      `${encoder}: is made by this run, so it cannot start from it. Name another run folder.`,
    );
  if (isInside(run, folder))
    throw new OptionError(
      `${run}: lies in the folder of ${encoder}, of which it shall hold a copy. Name a run folder outside of it.`,
    );
  const { revision } = how;
  return readEncoderFolder(await findEncoderFolder(encoder, { revision, weights: false, signal, onEvent }));
}
