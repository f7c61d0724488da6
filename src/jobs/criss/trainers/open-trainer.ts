import type { EncoderFolder } from "../../../embed/folder/encoder-folder.js";
import { OptionError } from "../../../errors.js";
import {
  ADAPTER_OPTIONS,
  type AdapterTrainerOptions,
  adapterTrainer,
  checkAdapterTrainer,
} from "./adapter-trainer.js";
import { checkTableTrainer, TABLE_OPTIONS, type TableTrainerOptions, tableTrainer } from "./table-trainer.js";
import type { Trainer } from "./trainer.js";

/** How a round's encoder is made. */
export const TRAINERS = ["table", "adapter"] as const;
export type TrainerName = (typeof TRAINERS)[number];

/** The options of all trainers; one that another trainer alone has is refused. */
export interface TrainerOptions extends TableTrainerOptions, AdapterTrainerOptions {
  /**
   * `table` trains the table of a static encoder, `adapter` one linear layer over any encoder.
   * @default "table" for a static encoder, "adapter" for a Transformer
   */
  trainer?: TrainerName;
  seed?: number;
  /** How often each pair is seen in a round. @default 6; of `adapter` 20 */
  epochs?: number;
  /** Pairs a batch, all of one pair of languages. @default 512 */
  batch?: number;
  /** Of the optimiser, falling linearly to 0. @default of `table` as told there; of `adapter` 5e-4 */
  learningRate?: number;
  /** What cosines are multiplied by before the softmax. @default 20 */
  scale?: number;
}

/** Of each trainer the options that say how it trains. */
const OWN: Readonly<Record<TrainerName, readonly string[]>> = {
  table: TABLE_OPTIONS,
  adapter: ADAPTER_OPTIONS,
};

/**
 * @param from what the start is called
 * @param folder the start's folder; none of `ngram`
 * @throws OptionError about the first thing that cannot work
 */
export function openTrainer(
  from: string,
  folder: EncoderFolder | undefined,
  options: TrainerOptions,
): Trainer {
  const { trainer = folder?.modules.input.kind === "transformer" ? "adapter" : "table" } = options;
  if (!TRAINERS.includes(trainer))
    throw new OptionError(`The trainer ${trainer} is unknown; expected one of ${TRAINERS.join(", ")}.`);
  refuseOthers(trainer, { ...options });
  if (trainer === "adapter") {
    checkAdapterTrainer(options);
    return adapterTrainer(from, options);
  }
  checkTableTrainer(options);
  return tableTrainer(from, options);
}

function refuseOthers(trainer: TrainerName, options: Readonly<Record<string, unknown>>): void {
  for (const other of TRAINERS) {
    const foreign = OWN[other].find((name) => options[name] !== undefined && !OWN[trainer].includes(name));
    if (foreign !== undefined)
      throw new OptionError(
        `${foreign} is an option of the trainer ${other}, but the trainer is ${trainer}. Leave it out, or take the other trainer.`,
      );
  }
}
