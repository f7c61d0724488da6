import { checkPositive, checkWhole } from "../../../check-values.js";
import type { EncoderFolder } from "../../../embed/folder/encoder-folder.js";
import { choosePrompts } from "../../../embed/folder/prompts.js";
import { openFolder } from "../../../embed/open-folder.js";
import { ModelError } from "../../../errors.js";
import type { JobListeners } from "../../../events.js";
import {
  type AdapterGroup,
  type AdapterSettings,
  checkAdapterSettings,
  type FrozenSide,
} from "../../../train/adapter/adapter-training.js";
import { trainAdapter } from "../../../train/adapter/train-adapter.js";
import type { SideName } from "../../../types/texts.js";
import type { CrissStartOptions } from "../known-encoder.js";
import type { Bitext } from "../rounds/bitext.js";
import { openAdapterLayer } from "./adapter-layer.js";
import { countSteps, settle, tellSteps } from "./by-epochs.js";
import { chooseHardNegatives } from "./choose-hard-negatives.js";
import { type FrozenTexts, openFrozenTexts } from "./frozen-texts.js";
import type { Trainer } from "./trainer.js";
import { writeAdapted } from "./write-adapted.js";

/** How the trainer `adapter` trains its layer. */
export interface AdapterTrainerOptions {
  /** How often each pair is seen in a round. @default 20 */
  epochs?: number;
  /** Pairs a batch, all of one pair of languages. @default 512 */
  batch?: number;
  /** Of Adam, falling linearly to 0. @default 5e-4 */
  learningRate?: number;
  /** What cosines are multiplied by before the softmax. @default 20 */
  scale?: number;
  /** Taken from a true pair's cosine in training, so that it must win by that much. @default 0.2 */
  additiveMargin?: number;
  /**
   * A pair of languages with n pairs is drawn in proportion to n^exponent.
   * @default 0.7
   */
  exponent?: number;
  /**
   * The rank of the matrix that is added to the identity; at most the vectors' size.
   * @default 128
   */
  rank?: number;
  /**
   * Hard negatives that each pair brings to its batch, for all pairs of it: those of its k neighbours that are surely
   * wrong.
   * @default 1
   */
  hardNegatives?: number;
  /** Threads of one operation. @default as many as the machine has */
  threads?: number;
}

interface Settings extends AdapterSettings {
  epochs: number;
  hardNegatives: number;
}

const DEFAULTS: Settings = {
  epochs: 20,
  batch: 512,
  learningRate: 5e-4,
  scale: 20,
  additiveMargin: 0.2,
  exponent: 0.7,
  rank: 128,
  hardNegatives: 1,
};

/** What the options of this trainer are called. */
export const ADAPTER_OPTIONS = Object.keys(DEFAULTS);

/** @throws OptionError about the first thing that cannot work */
export function checkAdapterTrainer(options: AdapterTrainerOptions): void {
  const { epochs, hardNegatives, ...settings } = settle(options, DEFAULTS);
  checkPositive({ epochs });
  checkWhole({ hardNegatives }, { least: 0 });
  checkAdapterSettings(settings);
}

/**
 * Trains one linear layer over a frozen encoder, anew in each round, and appends it to the encoder's folder: x becomes
 * W · (x − m), where W is the identity plus a matrix of low rank, and m the mean of all texts' vectors. Training
 * centres every side on its own mean, as mining does. Memory: a batch, and a few matrices.
 *
 * @param from the start's name in messages
 */
export function adapterTrainer(from: string, options: AdapterTrainerOptions & { seed?: number }): Trainer {
  const { threads, seed = 0 } = options;
  const { epochs, hardNegatives, ...settings } = settle(options, DEFAULTS);
  const key = { epochs, hardNegatives, ...settings, seed };
  return {
    key: { trainer: "adapter", ...key },
    checkStart,
    openLayer: (folder, inputs) => openAdapterLayer(folder, inputs, threads),
    async train(bitext, start, { output, signal, onEvent }) {
      const texts = await openFrozenTexts(bitext, start.kept!);
      try {
        const { dimensions, mean } = texts;
        const groups = await toGroups(bitext, texts, hardNegatives);
        const pairs = groups.map(({ source }) => source.rows.length);
        const steps = countSteps(pairs, { epochs, batch: settings.batch });
        const onStep = tellSteps(onEvent, steps);
        const options = { ...settings, steps, seed, threads, signal, onStep };
        const matrix = await trainAdapter(dimensions, groups, options);
        signal?.throwIfAborted();
        await writeAdapted(output, start.folder, { matrix, mean, from, choices: key, groups, steps });
        return { steps };
      } finally {
        texts.close();
      }
    },
  };
}

/**
 * Opens the encoder to check its variant and prompt, and refuses a model that applies the rest of its folder's modules
 * itself: it would leave out a further one.
 */
async function checkStart(
  name: string,
  encoder: EncoderFolder,
  how: CrissStartOptions & JobListeners,
): Promise<void> {
  choosePrompts(name, encoder.prompts, how);
  const { model } = await openFolder(name, how);
  await model.close?.();
  if (model.poolsItself)
    throw new ModelError(
      `${name}: its ONNX model gives one vector for each sentence, so a layer added to the folder would not be applied.`,
      { advice: "Export the model without pooling, or choose another trainer." },
    );
}

async function toGroups(bitext: Bitext, texts: FrozenTexts, hardNegatives: number): Promise<AdapterGroup[]> {
  const groups: AdapterGroup[] = [];
  for (const { name, numbers, training, candidates } of bitext.groups) {
    const negatives = await candidates().then((all) => chooseHardNegatives(all, training, hardNegatives));
    const side = (of: SideName): FrozenSide => ({
      rows: training[`${of}s`],
      negatives: negatives[of],
      gather: (wanted) => texts.gather(numbers[of], wanted),
    });
    groups.push({ name, source: side("source"), target: side("target") });
  }
  return groups;
}
