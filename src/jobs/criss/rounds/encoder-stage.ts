import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { readEncoderFolder } from "../../../embed/folder/encoder-folder.js";
import { InputError } from "../../../errors.js";
import { ENCODER_FACTS, FOLDERS, STAGES } from "../../../steps/runs/loop-names.js";
import { writeWholeText } from "../../../store/files/whole-file.js";
import type { Key } from "../../../store/run/manifest.js";
import type { Stage } from "../../../store/run/stage.js";
import { type KnownEncoder, trainedKey } from "../known-encoder.js";
import type { Loop, Round } from "../loop.js";
import type { TrainedEncoder } from "../trainers/trainer.js";
import type { Bitext } from "./bitext.js";
import { EncoderGone } from "./encoder-gone.js";
import { isSettled } from "./training-choice.js";

/** What a trainer made in a round. */
export interface RoundEncoder extends KnownEncoder, TrainedEncoder {}

/**
 * Trains a round's encoder: `encoder/`, and what is told of it, `encoder.json`. Once it has mined, and is not the best,
 * its folder is dropped.
 */
export function encoderStage(
  loop: Loop,
  { number: round, encoder }: Round,
  bitext: Bitext,
): Stage<RoundEncoder> {
  const { run, trainer, start, stages, options, first } = loop;
  const { followsBefore } = trainer;
  const follows =
    round > first && (followsBefore === "always" || (followsBefore && isSettled(round, options)));
  const before = follows ? encoder : undefined;
  const key = { ...trainer.key, start: start.key, bitext: bitext.hash, before: before?.key };
  const known = knownEncoder(loop, round, { key, start });
  const facts = join(run.path, FOLDERS.round(round), ENCODER_FACTS);
  return {
    ...stages.rounds[round].encoder,
    key,
    make: async (unfinished) => {
      if (before && !existsSync(before.folder)) throw new EncoderGone(round - 1);
      const notes = join(run.path, FOLDERS.training(round));
      await rm(notes, { recursive: true, force: true });
      const { signal, onEvent } = options;
      const trained = await trainer.train(bitext, start, {
        round,
        before,
        output: known.folder,
        notes,
        unfinished,
        signal,
        onEvent,
      });
      return { ...trained, ...known };
    },
    save: async ({ steps, tried, learned, figures }) =>
      writeWholeText(facts, `${JSON.stringify({ steps, tried, learned, figures }, null, 2)}\n`),
    load: async () => {
      if (existsSync(known.folder)) await readEncoderFolder(known.folder);
      else await checkMined(loop, round + 1);
      return { ...(JSON.parse(await readFile(facts, "utf8")) as TrainedEncoder), ...known };
    },
  };
}

/** @throws InputError if a round's encoder is still needed: to mine, or as what the run gives */
async function checkMined({ run, stages, last, tatoeba }: Loop, round: number): Promise<void> {
  const { candidates, evaluation } = stages.rounds[round];
  const made = [...candidates, ...(tatoeba ? [evaluation] : [])].map(({ name }) => name);
  const isGiven = round === last || run.keyOf(STAGES.result)?.round === round;
  const missing = made.find((name) => !run.done.includes(name));
  if (isGiven || missing !== undefined)
    throw new InputError({ path: join(run.path, FOLDERS.encoderOf(round - 1)) }, "is missing.");
  for (const name of made) await run.check(name);
}

/** Drops the encoder that mined a round, to make room, if its trainer says so. */
export async function dropEncoder({ run, first, trainer }: Loop, round: number): Promise<void> {
  if (trainer.keepsBest && round > first)
    await rm(join(run.path, FOLDERS.encoderOf(round - 1)), { recursive: true, force: true });
}

type StartedLoop = Pick<Loop, "run" | "trainer" | "start">;

/** The encoder that a round trained. The round may be of an earlier loop, with another trainer or start. */
export function trainedEncoder(loop: StartedLoop, round: number): KnownEncoder {
  const { run, trainer, start } = loop;
  const key = run.keyOf(STAGES.encoder(round))!;
  const isOfStart =
    key.trainer === trainer.key.trainer && JSON.stringify(key.start) === JSON.stringify(start.key);
  // The kept vectors are this start's: with a layer over another start they would be wrong.
  return knownEncoder(loop, round, { key, start: isOfStart ? start : { ...start, kept: undefined } });
}

function knownEncoder(
  { run, trainer: { openLayer } }: StartedLoop,
  round: number,
  { key, start: { kept } }: { key: Key; start: KnownEncoder },
): KnownEncoder {
  const folder = join(run.path, FOLDERS.encoderOf(round));
  return {
    folder,
    key: trainedKey(key),
    over: openLayer && kept && { kept, openLayer: (inputs) => openLayer(folder, inputs) },
  };
}
