import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readEncoderFolder } from "../../embed/folder/encoder-folder.js";
import type { RunFolder } from "../../store/run-folder.js";
import type { Stage } from "../../store/stage.js";
import { writeWholeText } from "../../store/whole-file.js";
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
  const folder = join(run.path, FOLDERS.encoderOf(round));
  const { openLayer } = trainer;
  const known: KnownEncoder = {
    folder,
    key: { trained: createHash("sha256").update(JSON.stringify(key)).digest("hex") },
    over: openLayer && start.kept && { kept: start.kept, openLayer: (inputs) => openLayer(folder, inputs) },
  };
  const facts = join(run.path, FOLDERS.round(round), ENCODER_FACTS);
  return {
    name: STAGES.encoder(round),
    key,
    feeds: stagesFrom(round + 1, run.done),
    make: async () => ({ ...(await trainer.train(bitext, start, folder, watch)), ...known }),
    save: async ({ steps }) => writeWholeText(facts, `${JSON.stringify({ steps }, null, 2)}\n`),
    load: async () => {
      await readEncoderFolder(folder);
      return { ...(JSON.parse(await readFile(facts, "utf8")) as TrainedEncoder), ...known };
    },
  };
}
