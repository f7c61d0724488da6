import { OptionError } from "../../../errors.js";
import { checkTableTrainer, type TableTrainerOptions, tableTrainer } from "./table-trainer.js";
import type { Trainer } from "./trainer.js";
import { tuneTrainer } from "./tuned-trainer.js";

/** How a round's encoder is made. */
export const TRAINERS = ["table"] as const;
export type TrainerName = (typeof TRAINERS)[number];

export interface TrainerOptions extends TableTrainerOptions {
  /** `table` trains the table of a static encoder. @default "table" */
  trainer?: TrainerName;
  /** Shares of pairs to leave out that are tried, see `TrainingChoice`. @default none */
  tune?: readonly number[];
  seed?: number;
}

/**
 * @param from what the start is called
 * @throws OptionError about the first thing that cannot work
 */
export function openTrainer(from: string, options: TrainerOptions): Trainer {
  const { trainer = "table" } = options;
  if (!TRAINERS.includes(trainer))
    throw new OptionError(`The trainer ${trainer} is unknown; expected one of ${TRAINERS.join(", ")}.`);
  checkTableTrainer(options);
  const made = tableTrainer(from, options);
  return options.tune ? tuneTrainer(made, options.tune, options) : made;
}
