import { checkPatience } from "../../check-values.js";
import type { CleanOptions } from "../../clean/clean.js";
import { OptionError } from "../../errors.js";
import type { ReadOptions } from "../../read/input.js";
import { checkK, DEFAULT_K } from "../../steps/neighbours/k.js";
import type { LoopStartOptions } from "./start.js";
import type { CrissSummary } from "./summary.js";
import type { TrainerOptions } from "./trainers/open-trainer.js";
import { checkTrainingChoice, type TrainingChoice } from "./training-choice.js";

export interface CrissOptions extends CleanOptions, LoopStartOptions, TrainingChoice, TrainerOptions {
  /** Languages that every other one is mined with; or all with all. @default "en" where there is one, else "all" */
  pivots?: readonly string[] | "all";
  /** How many encoders are trained, one after the other; what the last one finds is a round more. @default 3 */
  rounds?: number;
  /**
   * Goes on with a finished loop whose texts have become more or others: its best encoder mines them, and as many rounds
   * follow. Those before stay as they are.
   * @default false: all rounds are of these texts
   */
  continue?: boolean;
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
  /**
   * A folder of the Tatoeba test set in LASER's layout: every round's encoder is measured by those of its languages that
   * the loop has.
   * @default none
   */
  evaluateOn?: string;
  /** How to read every text. */
  read?: ReadOptions;
  /** Called once, at the end. */
  onSummary?: (summary: CrissSummary) => void;
}

/** @throws OptionError that names the option, what it may be and what it is */
export function checkCrissOptions(options: CrissOptions): void {
  const { run, rounds = 3, patience = 2, k = DEFAULT_K, threads = 1, validation = 256 } = options;
  if (!run) throw new OptionError("The run folder has no name; the loop keeps its rounds there.");
  for (const [name, value] of Object.entries({ rounds, patience, threads })) checkWhole(name, value, 1);
  checkK(k);
  checkWhole("validation", validation, 0);
  checkTrainingChoice(options);
  if (options.tune && validation === 0)
    throw new OptionError(
      "tune compares by the pairs that are held out, and validation is 0. Hold some out.",
    );
  checkPatience(options.patience, validation);
}

function checkWhole(name: string, value: number, least: number, most = Number.MAX_SAFE_INTEGER): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
  throw new OptionError(`${name} is ${value}; expected a whole number ${range}.`);
}
