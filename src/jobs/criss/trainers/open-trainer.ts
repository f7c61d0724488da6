import { OptionError } from "../../../errors.js";
import { type CommandTrainerOptions, commandTrainer } from "./command-trainer.js";
import { checkTableTrainer, type TableTrainerOptions, tableTrainer } from "./table-trainer.js";
import type { Trainer } from "./trainer.js";
import { tuneTrainer } from "./tuned-trainer.js";

/** How a round's encoder is made. */
export const TRAINERS = ["table", "command"] as const;
export type TrainerName = (typeof TRAINERS)[number];

export interface TrainerOptions extends TableTrainerOptions, CommandTrainerOptions {
  /**
   * `table` trains the table of a static encoder, `command` lets a program train any encoder.
   * @default "command" where there is one, else "table"
   */
  trainer?: TrainerName;
  /** Shares of pairs to leave out that are tried, see `TrainingChoice`. @default none */
  tune?: readonly number[];
  seed?: number;
}

/**
 * @param from what the start is called
 * @throws OptionError about the first thing that cannot work
 */
export async function openTrainer(from: string, options: TrainerOptions): Promise<Trainer> {
  const { command, trainer = command ? "command" : "table" } = options;
  if (!TRAINERS.includes(trainer))
    throw new OptionError(`The trainer ${trainer} is unknown; expected one of ${TRAINERS.join(", ")}.`);
  const made = await openOne(from, trainer, options);
  return options.tune ? tuneTrainer(made, options.tune, options) : made;
}

async function openOne(from: string, trainer: TrainerName, options: TrainerOptions): Promise<Trainer> {
  const { command } = options;
  if (trainer === "command") {
    if (!command) throw new OptionError("The trainer command runs a program; give it as command.");
    return commandTrainer(command, options);
  }
  if (command)
    throw new OptionError(`A command is given, but the trainer is ${trainer}; leave out one of them.`);
  checkTableTrainer(options);
  return tableTrainer(from, options);
}
