import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { checkOneOf } from "../../check-values.js";
import { checkTableType, TABLE_TYPES, type TableType } from "../../embed/static/table-tensors.js";
import { DivergenceError } from "../../errors.js";
import type { Input } from "../../read/input.js";
import { refuseChanges } from "../../store/files/file-state.js";
import { holdFolder } from "../../store/files/hold-output.js";
import { workKey } from "../../store/files/unfinished.js";
import { countBags } from "../../train/bags.js";
import type { TrainedTable } from "../../train/training.js";
import { say } from "../../wording.js";
import { choicesOf, type TrainingOptions } from "./choices.js";
import { findTrainingPlace } from "./folder.js";
import { identifyInputs, type TrainingInputs } from "./inputs.js";
import { checkColumns, readTrainingPairs, type TrainingPairOptions, type TrainingPairs } from "./pairs.js";
import { runTraining } from "./run-training.js";
import {
  type IdentifiedStart,
  identifyStart,
  openStart,
  type TrainingStartOptions,
} from "./starting-table.js";
import { TrainingPlace } from "./training-place.js";
import { warnOfSmallFiles } from "./warn-of-small-files.js";

/** What a static encoder starts from, what it is trained on, and how. */
export interface TrainOptions
  extends TrainingOptions,
    TrainingStartOptions,
    Omit<TrainingPairOptions, "keepOut"> {
  /** Translation pairs, a file or a stream of bytes a language; a batch is of one. */
  pairs: readonly Input[];
  /**
   * Sentences that are never trained on: pairs with one of them on either side are left out, letters and digits alone
   * being compared. Of lines with tabs the last column counts.
   */
  keepOut?: readonly Input[];
  /** How the new table is stored; `int4` is read by crisscross alone. @default "float32" */
  type?: TableType;
  /** Threads of one operation. @default as many as the machine has */
  threads?: number;
}

/** The names of `TrainOptions`. */
export const TRAIN_OPTIONS: OptionNames<TrainOptions> = {
  pairs: true,
  keepOut: true,
  type: true,
  threads: true,
  seed: true,
  steps: true,
  batch: true,
  learningRate: true,
  scale: true,
  margin: true,
  maxPieces: true,
  pieceDropout: true,
  exponent: true,
  validation: true,
  validateEvery: true,
  patience: true,
  hardNegatives: true,
  from: true,
  dimensions: true,
  signal: true,
  onEvent: true,
  onError: true,
  columns: true,
};

/** The table that training gave, and what it was trained on. */
export interface TrainSummary extends TrainedTable {
  /** Pairs that could be trained on, those held out among them. */
  pairs: number;
  /** Pairs left out since `keepOut` has one of their sentences. */
  keptOut: number;
  /** Pairs that had come before, in whichever file. */
  duplicates: number;
  /** Lines left out because of an error. */
  skipped: number;
  /** The step that an interrupted run had come to. */
  resumedAt: number;
}

/** What the name of an unfinished work's checkpoint, and so what can go on, depends on. */
const FORMAT = 3;

/**
 * Trains a static encoder on translation pairs and writes a new one, which asks for centring.
 *
 * Validation pairs are held out at random; the table is kept as it was at the best validation. A run that is interrupted
 * writes the best so far, and goes on when it is given the same work again; same work, same bytes. Memory: three times
 * the table, and 4 bytes a piece of the pairs.
 *
 * @param output a folder that is not there, or empty, or what an interrupted run of this work or one that diverged left
 * @throws OptionError, InputError, ModelError, OutputError; DivergenceError if the loss is no number any more, the last
 *   good table being written
 */
export async function trainStatic(output: string, options: TrainOptions): Promise<TrainSummary> {
  refuseUnknown("trainStatic", options, TRAIN_OPTIONS);
  const { columns, onError = "stop", from, type = "float32", onEvent = () => {} } = options;
  const choices = choicesOf(options);
  checkColumns(columns);
  checkOneOf("onError", onError, ["stop", "skip"]);
  checkOneOf("type", type, TABLE_TYPES);
  await using folder = await holdFolder(output);
  await findTrainingPlace(output);
  await using inputs = await identifyInputs(folder.path, options);
  const start = await identifyStart(options);
  const place = await TrainingPlace.find(output, identifyWork(start, inputs, options));
  const table = await openStart(options);
  await refuseChanges(start.states);
  checkTableType(type, table.dimensions);
  const pairs = await readTrainingPairs(inputs.pairs, table.piecesOf, {
    ...options,
    keepOut: inputs.keepOut,
    maxPieces: choices.maxPieces,
  });
  warnOfSmallFiles(pairs.groups, choices, onEvent);
  await table.weigh?.(textsOf(pairs));
  await place.clear();

  const unwritten = {
    table,
    pairs,
    from,
    type,
    choices: { ...choices, patience: choices.patience ?? "never" },
    inputs: { ...inputs, columns, onError },
  };
  try {
    const { trained, resumedAt } = await runTraining({ table, pairs, choices, place }, options);
    await place.write({ ...unwritten, trained });
    const count = pairs.groups.reduce((sum, { source }) => sum + countBags(source), 0);
    const { keptOut, duplicates, skipped } = pairs;
    return { ...trained, pairs: count, keptOut, duplicates, skipped, resumedAt };
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
    const { lastGood, wording } = error;
    await place.write({ ...unwritten, trained: { ...lastGood, interrupted: false }, diverged: true });
    const problem = say`${wording.problem} ${output} holds that table; training with other options may replace it.`;
    throw new DivergenceError(problem, lastGood, { advice: wording.advice, cause: error });
  }
}

/** The key by which the same work is known again. */
function identifyWork(
  { key: start }: IdentifiedStart,
  { pairs, keepOut }: TrainingInputs,
  options: TrainOptions,
): string {
  const { columns, onError = "stop" } = options;
  const choices = choicesOf(options);
  const hashes = [pairs, keepOut].map((files) => files.map(({ sha256 }) => sha256));
  return workKey({ format: FORMAT, start, hashes, columns, onError, choices });
}

/** Every text's pieces. */
function* textsOf({ groups }: TrainingPairs): Generator<Int32Array> {
  for (const { source, target } of groups)
    for (const { pieces, offsets } of [source, target])
      for (let i = 1; i < offsets.length; i++) yield pieces.subarray(offsets[i - 1], offsets[i]);
}
