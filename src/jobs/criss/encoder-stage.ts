import { createHash } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { readEncoderFolder } from "../../embed/folder/encoder-folder.js";
import { writeWholeText } from "../../store/files/whole-file.js";
import type { Key } from "../../store/run/manifest.js";
import type { RunFolder } from "../../store/run/run-folder.js";
import type { Stage } from "../../store/run/stage.js";
import type { Bitext } from "./bitext.js";
import type { KnownEncoder } from "./known-encoder.js";
import { ENCODER_FACTS, FOLDERS, STAGES, stagesFrom } from "./names.js";
import type { TrainedEncoder, Trainer, TrainerWatch } from "./trainers/trainer.js";

/** What a trainer made in a round. */
export interface RoundEncoder extends KnownEncoder, TrainedEncoder {}

/** Trains a round's encoder: `encoder/`, and what is told of it, `encoder.json`. */
export function encoderStage(
  round: number,
  run: RunFolder,
  trainer: Trainer,
  bitext: Bitext,
  start: KnownEncoder,
  watch: TrainerWatch,
): Stage<RoundEncoder, TrainedEncoder & KnownEncoder> {
  const key = { ...trainer.key, start: start.key, bitext: bitext.hash };
  const known = knownEncoder(run, round, key, trainer, start);
  const facts = join(run.path, FOLDERS.round(round), ENCODER_FACTS);
  return {
    name: STAGES.encoder(round),
    key,
    feeds: stagesFrom(round + 1, run.done),
    make: async () => {
      const notes = join(run.path, FOLDERS.training(round));
      await rm(notes, { recursive: true, force: true });
      const trained = await trainer.train(bitext, start, known.folder, { ...watch, round, notes });
      return { ...trained, ...known };
    },
    save: async ({ steps, tried }) => writeWholeText(facts, `${JSON.stringify({ steps, tried }, null, 2)}\n`),
    load: async () => {
      await readEncoderFolder(known.folder);
      return { ...(JSON.parse(await readFile(facts, "utf8")) as TrainedEncoder), ...known };
    },
  };
}

/**
 * The encoder that was trained in a round, maybe of a loop before: where that had another trainer or start, its vectors
 * are not those of this start and a layer more.
 */
export function trainedEncoder(
  run: RunFolder,
  round: number,
  trainer: Trainer,
  start: KnownEncoder,
): KnownEncoder {
  const key = run.keyOf(STAGES.encoder(round))!;
  const isOver =
    key.trainer === trainer.key.trainer && JSON.stringify(key.start) === JSON.stringify(start.key);
  return knownEncoder(run, round, key, trainer, isOver ? start : { ...start, kept: undefined });
}

function knownEncoder(
  run: RunFolder,
  round: number,
  key: Key,
  { openLayer }: Trainer,
  { kept }: KnownEncoder,
): KnownEncoder {
  const folder = join(run.path, FOLDERS.encoderOf(round));
  return {
    folder,
    key: { trained: createHash("sha256").update(JSON.stringify(key)).digest("hex") },
    over: openLayer && kept && { kept, openLayer: (inputs) => openLayer(folder, inputs) },
  };
}
