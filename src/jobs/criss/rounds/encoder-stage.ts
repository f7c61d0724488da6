import { createHash } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { readEncoderFolder } from "../../../embed/folder/encoder-folder.js";
import { writeWholeText } from "../../../store/files/whole-file.js";
import type { Key } from "../../../store/run/manifest.js";
import type { Stage } from "../../../store/run/stage.js";
import { ENCODER_FACTS, FOLDERS, STAGES } from "../folder/names.js";
import type { KnownEncoder } from "../known-encoder.js";
import type { Loop } from "../loop.js";
import type { TrainedEncoder } from "../trainers/trainer.js";
import type { Bitext } from "./bitext.js";

/** What a trainer made in a round. */
export interface RoundEncoder extends KnownEncoder, TrainedEncoder {}

/** Trains a round's encoder: `encoder/`, and what is told of it, `encoder.json`. */
export function encoderStage(loop: Loop, round: number, bitext: Bitext): Stage<RoundEncoder> {
  const { run, trainer, start, stages, options } = loop;
  const key = { ...trainer.key, start: start.key, bitext: bitext.hash };
  const known = knownEncoder(loop, round, { key, start });
  const facts = join(run.path, FOLDERS.round(round), ENCODER_FACTS);
  return {
    ...stages.rounds[round].encoder,
    key,
    make: async () => {
      const notes = join(run.path, FOLDERS.training(round));
      await rm(notes, { recursive: true, force: true });
      const { signal, onEvent } = options;
      const trained = await trainer.train(bitext, start, {
        round,
        output: known.folder,
        notes,
        signal,
        onEvent,
      });
      return { ...trained, ...known };
    },
    save: async ({ steps, tried, learned }) =>
      writeWholeText(facts, `${JSON.stringify({ steps, tried, learned }, null, 2)}\n`),
    load: async () => {
      await readEncoderFolder(known.folder);
      return { ...(JSON.parse(await readFile(facts, "utf8")) as TrainedEncoder), ...known };
    },
  };
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
    key: { trained: createHash("sha256").update(JSON.stringify(key)).digest("hex") },
    over: openLayer && kept && { kept, openLayer: (inputs) => openLayer(folder, inputs) },
  };
}
