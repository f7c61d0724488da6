import { checkPatience, checkWhole } from "../../check-values.js";
import { checkTrainingOptions } from "../../train/check-training.js";
import { settle, type TrainTableOptions } from "../../train/training.js";

/** What decides how a table is trained; all of it is told in the new folder. */
export type TrainingOptions = Partial<
  Pick<
    TrainTableOptions,
    | "steps"
    | "batch"
    | "learningRate"
    | "scale"
    | "margin"
    | "maxPieces"
    | "pieceDropout"
    | "exponent"
    | "seed"
    | "validation"
    | "validateEvery"
    | "patience"
  >
> & {
  /** Wrong answers a batch that the table at its start holds near to right ones. @default 0 */
  hardNegatives?: number;
};

/** The same with nothing left open; without patience, training goes on to its last step. */
export type TrainingChoices = Required<Omit<TrainingOptions, "patience">> & { patience?: number };

const STEPS = 3000;

/** @throws OptionError about the first number that cannot work */
export function choicesOf(options: TrainingOptions): TrainingChoices {
  const { steps = STEPS, hardNegatives = 0, ...rest } = options;
  const settled = settle({ ...rest, steps });
  const { batch, learningRate, scale, margin, maxPieces, pieceDropout } = settled;
  const { exponent, seed, validation, validateEvery } = settled;
  const numbers = { steps, batch, learningRate, scale, margin, maxPieces, pieceDropout };
  const choices = { ...numbers, exponent, seed, validation, validateEvery, patience: rest.patience };
  checkTrainingOptions(choices);
  checkPatience(rest.patience, validation);
  checkWhole({ hardNegatives }, { least: 0 });
  return { ...choices, hardNegatives };
}
