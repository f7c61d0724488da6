import { join, resolve } from "node:path";
import { folderOf } from "../../../embed/builtin.js";
import { textWindows } from "../../../embed/embed.js";
import { findEncoderFolder } from "../../../embed/find-folder.js";
import { type EncoderFolder, readEncoderFolder } from "../../../embed/folder/encoder-folder.js";
import { encoderLanguages } from "../../../embed/languages.js";
import { createNgramEncoder, DEFAULT_DIMENSIONS, NGRAM } from "../../../embed/ngram/ngram.js";
import { openNgramTable } from "../../../embed/ngram/ngram-table.js";
import { openEncoder } from "../../../embed/open-encoder.js";
import type { OpenTable } from "../../../embed/static/open-table.js";
import { OptionError } from "../../../errors.js";
import type { JobListeners } from "../../../events.js";
import { FOLDERS } from "../../../steps/runs/loop-names.js";
import { isInside } from "../../../store/files/is-inside.js";
import type { Stage } from "../../../store/run/stage.js";
import { option, say } from "../../../wording.js";
import { writeTable } from "../../train/write-trained.js";
import type { CrissStartOptions, KnownEncoder } from "../known-encoder.js";
import type { ReadLoop } from "../loop.js";
import type { SettledCriss } from "../options.js";
import type { Plan } from "../plan.js";
import { freezeStart } from "./freeze-start.js";

/**
 * Finds the folder of the encoder to start from, before anything is read; `ngram` has none.
 *
 * @throws ModelError if there is no such encoder; OptionError if it cannot be a start, has no such dimensions, or has to be
 *   told the language of a text and does not have it
 */
export async function findStart({ texts }: Plan, options: SettledCriss): Promise<EncoderFolder | undefined> {
  const { encoder, firstRoundEncoder, dimensions, run, revision, signal, onEvent } = options;
  if (encoder === NGRAM) {
    createNgramEncoder({ dimensions });
    const given = (["variant", "device", "revision", "prompt", "promptName"] as const).find(
      (option) => options[option] !== undefined,
    );
    if (given)
      throw new OptionError(say`${option(given)} goes with an encoder's folder; ngram has none.`, {
        advice: "Leave it out.",
      });
    return undefined;
  }
  if (dimensions !== undefined && firstRoundEncoder !== NGRAM)
    throw new OptionError(say`${option("dimensions")} goes with ngram; ${encoder} has a size of its own.`, {
      advice: "Leave it out, or distil the encoder to fewer dimensions.",
    });
  return findNamed(encoder, texts, { run, revision, signal, onEvent });
}

/**
 * Refuses what cannot mine the first round, before anything is read.
 *
 * @throws as `findStart`
 */
export async function checkFirst({ texts }: Plan, options: SettledCriss): Promise<void> {
  const { firstRoundEncoder, dimensions, run, signal, onEvent } = options;
  if (firstRoundEncoder === NGRAM) createNgramEncoder({ dimensions });
  else if (firstRoundEncoder !== undefined)
    await findNamed(firstRoundEncoder, texts, { run, signal, onEvent });
}

async function findNamed(
  encoder: string,
  texts: Plan["texts"],
  { run, ...how }: Pick<SettledCriss, "run" | "revision" | "signal" | "onEvent">,
): Promise<EncoderFolder> {
  const folder = folderOf(encoder);
  if (isInside(folder, run))
    throw new OptionError(`${encoder}: is made by this run, so the run cannot start from it.`, {
      advice: "Name another run folder.",
    });
  if (isInside(run, folder))
    throw new OptionError(`${run}: lies in the folder of ${encoder}, which the run has to copy.`, {
      advice: "Name a run folder outside of it.",
    });
  const place = await findEncoderFolder(encoder, { ...how, weights: false });
  const found = await readEncoderFolder(place);
  const languages = encoderLanguages(encoder, found.languages && Object.keys(found.languages.tokens), {});
  for (const { language } of texts) languages?.codeOf("source", language);
  return found;
}

/** The encoder that the loop starts from; every round trains it anew, or a layer over it. */
export async function openStart(loop: ReadLoop): Promise<KnownEncoder> {
  const { options, trainer } = loop;
  const opened =
    options.encoder === NGRAM ? await weighNgram(loop, "start") : await openNamed(options.encoder, options);
  return trainer.openLayer ? freezeStart(loop, opened) : opened;
}

/** What mines the first round in place of the start; none if it is not asked for. */
export async function openFirst(loop: ReadLoop): Promise<KnownEncoder | undefined> {
  const { encoder, firstRoundEncoder, device, signal, onEvent } = loop.options;
  if (firstRoundEncoder === NGRAM) return weighNgram(loop, encoder === NGRAM ? "start" : "first");
  return firstRoundEncoder === undefined
    ? undefined
    : openNamed(firstRoundEncoder, { device, signal, onEvent });
}

async function openNamed(
  encoder: string,
  { variant, device, revision, prompt, promptName, signal, onEvent }: CrissStartOptions & JobListeners,
): Promise<KnownEncoder> {
  const options = { variant, device, revision, prompt, promptName };
  const { space, prompts, close } = await openEncoder(encoder, { ...options, signal, onEvent });
  await close?.();
  const folder = resolve(await findEncoderFolder(encoder, { variant, revision }));
  return { folder, name: encoder, key: { space, prompts }, options };
}

/** The table of `ngram` is made of all texts, whose words it weighs, and kept in the run. */
async function weighNgram(
  { run, texts, stages, options }: ReadLoop,
  place: "start" | "first",
): Promise<KnownEncoder> {
  const { dimensions = DEFAULT_DIMENSIONS, seed, signal } = options;
  const key = { dimensions, seed, texts: texts.map(({ textHash }) => textHash) };
  const folder = join(run.path, FOLDERS[place]);
  const stage: Stage<unknown, OpenTable> = {
    ...stages[place],
    key,
    make: async () => {
      const table = openNgramTable(dimensions, seed);
      await table.weigh(piecesOf(texts, table, signal));
      return table;
    },
    save: (table) =>
      writeTable(folder, table, {
        from: NGRAM,
        settings: { centre: true, sentences: texts.reduce((sum, side) => sum + side.texts.length, 0) },
        card: `# ${place}\n\nHashed words and character n-grams in random directions, weighed by how rare they are: not trained yet.\n`,
      }),
    load: () => readEncoderFolder(folder),
  };
  await run.keep(stage);
  return { folder, key };
}

async function* piecesOf(texts: ReadLoop["texts"], table: OpenTable, signal?: AbortSignal) {
  for (const { texts: sentences } of texts)
    for (const window of textWindows(sentences)) {
      signal?.throwIfAborted();
      yield* await table.piecesOf(window);
    }
}
