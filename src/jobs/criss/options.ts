import type { CleanOptions } from "../../clean/clean.js";
import { OptionError } from "../../errors.js";
import type { ReadOptions } from "../../read/input.js";
import { checkTraining } from "../../train/check-training.js";
import type { JobEvent } from "../events.js";
import type { TrainingChoice } from "./choose-round.js";
import type { LoopStartOptions } from "./start.js";
import type { CrissSummary } from "./summary.js";
import type { TableTrainerOptions } from "./table-trainer.js";

export interface CrissOptions extends CleanOptions, LoopStartOptions, TrainingChoice, TableTrainerOptions {
  /** Languages that every other one is mined with; or all with all. @default "en" where there is one, else "all" */
  pivots?: readonly string[] | "all";
  /** How many encoders are trained, one after the other; what the last one finds is a round more. @default 3 */
  rounds?: number;
  /** Ends the loop after so many rounds in a row whose validation was no better than the best one's. @default 2 */
  patience?: number;
  /**
   * Pairs of each pair of languages that are held out of training, at random, and at most a fifth: whether the next
   * encoder finds them is its validation.
   * @default 256
   */
  validation?: number;
  /** Neighbours of each sentence that make its neighbourhood and its candidates. @default 4 */
  k?: number;
  /** Of a pair such as `de-en` a file of true pairs, `line⇥line`: figures tell how many were found. @default none */
  gold?: Readonly<Record<string, string>>;
  /** How to read every text. */
  read?: ReadOptions;
  onEvent?: (event: JobEvent) => void;
  /** Called once, at the end. */
  onSummary?: (summary: CrissSummary) => void;
}

const NO_TABLE = new Float32Array();

/** Ranks are kept in 16 bits. */
const LARGEST_K = 65_535;

/** @throws OptionError that names the option, what it may be and what it is */
export function checkCrissOptions(options: CrissOptions): void {
  const {
    run,
    rounds = 3,
    patience = 2,
    k = 4,
    threads = 1,
    threshold = 0,
    quantile = [0],
    pairsPerLanguage,
  } = options;
  if (!run) throw new OptionError("The run folder has no name; the loop keeps its rounds there.");
  for (const [name, value] of Object.entries({ rounds, patience, k, threads, pairsPerLanguage }))
    if (
      value !== undefined &&
      !(Number.isInteger(value) && value >= 1 && (name !== "k" || value <= LARGEST_K))
    )
      throw new OptionError(`${name} is ${value}; expected a whole number from 1.`);
  const { validation = 256, epochs = 1, scale = 1, ...training } = options;
  if (!(Number.isInteger(validation) && validation >= 0))
    throw new OptionError(`validation is ${validation}; expected a whole number from 0.`);
  for (const [name, value] of Object.entries({ epochs, scale }))
    if (!(value > 0 && Number.isFinite(value)))
      throw new OptionError(`${name} is ${value}; expected a number above 0.`);
  const { batch, learningRate, mapLearningRate = 0, exponent, maxPieces } = training;
  checkTraining(NO_TABLE, 1, [], { steps: 1, batch, learningRate, exponent, maxPieces });
  if (!(mapLearningRate >= 0 && Number.isFinite(mapLearningRate)))
    throw new OptionError(`mapLearningRate is ${mapLearningRate}; expected a number from 0.`);
  const choices = (["threshold", "quantile", "pairsPerLanguage"] as const).filter(
    (name) => options[name] !== undefined,
  );
  if (choices.length > 1)
    throw new OptionError(`${choices.join(" and ")}: each says which pairs to train on; give one.`);
  if (Number.isNaN(threshold)) throw new OptionError("The threshold is not a number.");
  const strange = quantile.find((share) => !(share >= 0 && share < 1));
  if (strange !== undefined || quantile.length === 0)
    throw new OptionError(
      `quantile is ${strange ?? "empty"}; expected shares from 0 to below 1, one a round.`,
    );
}
