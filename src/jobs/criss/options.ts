import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { checkPatience, checkWhole } from "../../check-values.js";
import { checkLengths } from "../../clean/check-lengths.js";
import type { CleanOptions } from "../../clean/clean.js";
import { CLEAN_OPTIONS } from "../../clean/clean.js";
import { BUILTIN } from "../../embed/builtin.js";
import { OptionError } from "../../errors.js";
import type { JobListeners } from "../../events.js";
import type { ReadOptions } from "../../read/input.js";
import type { SearchSettings } from "../../steps/neighbours/find-options.js";
import { checkK, DEFAULT_K } from "../../steps/neighbours/k.js";
import type { CrissSummary } from "../../steps/runs/loop-summary.js";
import { option, say } from "../../wording.js";
import type { CrissStartOptions } from "./known-encoder.js";
import { checkTrainingChoice, type TrainingChoice } from "./rounds/training-choice.js";
import { settle } from "./trainers/by-epochs.js";
import type { TrainerOptions } from "./trainers/open-trainer.js";

/** What the loop starts from, what it trains, and when it ends. */
export interface CrissOptions
  extends CleanOptions,
    CrissStartOptions,
    TrainingChoice,
    TrainerOptions,
    JobListeners {
  /** The folder that keeps every round; at its end, and after every round, it is an encoder and a bitext. */
  run: string;
  /** What the loop starts from: `builtin`, `ngram`, or an encoder's folder or name on the hub. @default "builtin" */
  encoder?: string;
  /**
   * What mines the first round, where the start finds nothing yet, as the encoder of a small translator that has seen
   * no pair: `builtin`, `ngram`, or an encoder's folder or name on the hub. Later rounds are mined by what is trained from
   * the start. It runs on the start's device; variant and prompt are the start's alone.
   * @default the start
   */
  firstRoundEncoder?: string;
  /** Size of the vectors of `ngram`. @default 256 */
  dimensions?: number;
  /** Chooses the directions of `ngram`, what is held out, and the order of training. @default 0 */
  seed?: number;
  /** Languages that every other one is mined with; or all with all. @default "en" where there is one, else "all" */
  pivots?: readonly string[] | "all";
  /**
   * How many encoders are trained at most, one after the other; what the last one finds is a round more.
   * @default 16
   */
  rounds?: number;
  /**
   * Goes on with a finished loop to which texts were added, or whose texts changed: its best encoder mines them, and as
   * many rounds follow. Earlier rounds stay as they are.
   * @default false: all rounds are of these texts
   */
  continue?: boolean;
  /**
   * Ends the loop after this many rounds in a row that are worse than the best. A round is no worse if its validation
   * is not lower than the highest beyond chance.
   * @default 2
   */
  patience?: number;
  /**
   * Pairs held out of training in each pair of languages, drawn at random, at most a fifth. The share of them that the
   * next encoder finds is its validation.
   * @default 32
   */
  validation?: number;
  /**
   * Neighbours of each sentence that make its neighbourhood and its candidates.
   * @default 4; of a text of few sentences fewer make a neighbourhood
   */
  k?: number;
  /**
   * Bytes that searching a pair of languages may take, beside what the runtimes need: vectors that do not fit are read from
   * the run folder. The result is the same.
   * @default as much as it takes
   */
  memory?: number;
  /** Of a pair such as `de-en` a file of true pairs, `line⇥line`: figures tell how many were found. @default none */
  gold?: Readonly<Record<string, string>>;
  /**
   * A folder of the Tatoeba test set in LASER's layout: every round's encoder is measured on those of its languages
   * that the loop has.
   * @default none
   */
  evaluateOn?: string;
  /**
   * Of a pair such as `bam-en` a bitext of known translations, of sentences or of words: the trainer `table` trains on
   * them before the first round, and in every round beside the pairs that were mined.
   * @default none
   */
  seedPairs?: Readonly<Record<string, string>>;
  /** How to read every text. */
  read?: ReadOptions;
  /** Called once, at the end. */
  onSummary?: (summary: CrissSummary) => void;
}

/** The names of `CrissOptions`. */
export const CRISS_OPTIONS: OptionNames<CrissOptions> = {
  ...CLEAN_OPTIONS,
  run: true,
  encoder: true,
  firstRoundEncoder: true,
  dimensions: true,
  seed: true,
  pivots: true,
  rounds: true,
  continue: true,
  patience: true,
  validation: true,
  k: true,
  memory: true,
  gold: true,
  seedPairs: true,
  evaluateOn: true,
  read: true,
  onSummary: true,
  variant: true,
  device: true,
  revision: true,
  prompt: true,
  promptName: true,
  threshold: true,
  precision: true,
  quantile: true,
  pairsPerLanguage: true,
  tune: true,
  hubLimit: true,
  trainer: true,
  epochs: true,
  batch: true,
  learningRate: true,
  scale: true,
  mapLearningRate: true,
  leastSteps: true,
  hideKnown: true,
  knownSimilarity: true,
  pieceDropout: true,
  emaDecay: true,
  exponent: true,
  maxPieces: true,
  type: true,
  threads: true,
  additiveMargin: true,
  rank: true,
  hardNegatives: true,
  command: true,
  signal: true,
  onEvent: true,
};

type Defaults = Required<
  Pick<CrissOptions, "encoder" | "rounds" | "patience" | "k" | "validation" | "seed" | "gold" | "onEvent">
>;

const DEFAULTS: Defaults = {
  encoder: BUILTIN,
  rounds: 16,
  patience: 2,
  k: DEFAULT_K,
  validation: 32,
  seed: 0,
  gold: {},
  onEvent: () => {},
};

/** What is given, and for the rest the defaults. */
export type SettledCriss = CrissOptions & Defaults & Pick<SearchSettings, "openK">;

/** @throws OptionError that names the option, what it may be and what it is */
export function settleCriss(given: CrissOptions): SettledCriss {
  refuseUnknown("criss", given, CRISS_OPTIONS);
  const settled: SettledCriss = {
    ...given,
    ...settle<Defaults>(given, DEFAULTS),
    openK: given.k === undefined,
  };
  const { run, rounds, patience, k, threads, validation, memory } = settled;
  if (!run)
    throw new OptionError(
      say`${option("run")} is empty; expected the folder in which the loop keeps its rounds.`,
    );
  checkWhole({ rounds, patience, threads, memory });
  checkLengths(given);
  checkK(k);
  checkWhole({ validation }, { least: 0 });
  const { firstRoundEncoder, seedPairs } = given;
  if (firstRoundEncoder !== undefined && seedPairs)
    throw new OptionError(
      say`${option("seedPairs")} trains the start before it mines the first round, which ${option("firstRoundEncoder", firstRoundEncoder)} mines.`,
      { advice: "Leave one of them out." },
    );
  checkTrainingChoice(given);
  if (given.tune && validation === 0)
    throw new OptionError(
      say`${option("tune")} compares trainings by pairs that are held out, but ${option("validation", 0)} holds nothing out.`,
      { advice: say`Hold some pairs out, or leave ${option("tune")} out.` },
    );
  checkPatience(given.patience, validation);
  return settled;
}
