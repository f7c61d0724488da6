import { checkOneOf } from "../../../check-values.js";
import type { EncoderFolder } from "../../../embed/folder/encoder-folder.js";
import { OptionError } from "../../../errors.js";
import { option, say } from "../../../wording.js";
import {
  ADAPTER_OPTIONS,
  type AdapterTrainerOptions,
  adapterTrainer,
  checkAdapterTrainer,
} from "./adapter-trainer.js";
import { type CommandTrainerOptions, commandTrainer } from "./command-trainer.js";
import { checkTableTrainer, TABLE_OPTIONS, type TableTrainerOptions, tableTrainer } from "./table-trainer.js";
import type { Trainer } from "./trainer.js";
import { tuneTrainer } from "./tuned-trainer.js";

/** How a round's encoder is made. */
export const TRAINERS = ["table", "adapter", "command"] as const;
/** What trains the encoder of the next round. */
export type TrainerName = (typeof TRAINERS)[number];

/** The options of all trainers; an option that only another trainer has is refused. */
export interface TrainerOptions extends TableTrainerOptions, AdapterTrainerOptions, CommandTrainerOptions {
  /**
   * `table` trains the table of a static encoder, `adapter` one linear layer over any encoder, `command` lets a program
   * train any encoder.
   * @default "command" where there is one, else "table" for a static encoder and "adapter" for a Transformer
   */
  trainer?: TrainerName;
  /** Shares of pairs to leave out that are tried, see `TrainingChoice`. @default none */
  tune?: readonly number[];
  /** Chooses the order of training. @default 0 */
  seed?: number;
  /** How often each pair is seen in a round. @default 10; of `adapter` 20 */
  epochs?: number;
  /** Pairs a batch, all of one pair of languages. @default 512 */
  batch?: number;
  /** Of the optimiser, falling linearly to 0. @default of `table` as told there; of `adapter` 5e-4 */
  learningRate?: number;
  /** What cosines are multiplied by before the softmax. @default 10; of `adapter` 20 */
  scale?: number;
}

/** The options of each trainer. */
const OWN: Readonly<Record<TrainerName, readonly string[]>> = {
  table: TABLE_OPTIONS,
  adapter: ADAPTER_OPTIONS,
  command: ["command"],
};

/**
 * @param from what the start is called
 * @param folder the start's folder; none of `ngram`
 * @throws OptionError about the first thing that cannot work
 */
export async function openTrainer(
  from: string,
  folder: EncoderFolder | undefined,
  options: TrainerOptions,
): Promise<Trainer> {
  const usual = folder?.modules.input.kind === "transformer" ? "adapter" : "table";
  const { command, trainer = command ? "command" : usual } = options;
  checkOneOf("trainer", trainer, TRAINERS);
  refuseOthers(trainer, { ...options });
  const made = await openOne(from, trainer, options);
  return options.tune ? tuneTrainer(made, options.tune, options) : made;
}

async function openOne(from: string, trainer: TrainerName, options: TrainerOptions): Promise<Trainer> {
  const { command } = options;
  if (trainer === "command") {
    if (!command)
      throw new OptionError(say`${option("trainer", "command")} needs to know what to run.`, {
        advice: say`Give the program and its arguments as ${option("command")}.`,
      });
    return commandTrainer(command, options);
  }
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
        say`${option(foreign)} goes with ${option("trainer", other)}, but the trainer is ${trainer}.`,
        { advice: "Leave it out, or choose the other trainer." },
      );
  }
}
