import { rm } from "node:fs/promises";
import type { OpenTable } from "../../embed/static/open-table.js";
import { checkTableType, type TableType } from "../../embed/static/table-tensors.js";
import { DivergenceError } from "../../errors.js";
import type { Input } from "../../read/input.js";
import { holdFolder } from "../../store/files/hold-output.js";
import { explainWriteError } from "../../store/files/output-error.js";
import { removeOtherUnfinished, unfinishedPath, workKey } from "../../store/files/unfinished.js";
import { countBags } from "../../train/bags.js";
import { trainTable } from "../../train/train-table.js";
import type { TrainedTable } from "../../train/training.js";
import { loadCheckpoint, saveCheckpoint } from "./checkpoint.js";
import { choicesOf, type TrainingChoices, type TrainingOptions } from "./choices.js";
import { findTrainingPlace } from "./folder.js";
import { mineHardNegatives } from "./hard-negatives.js";
import { identifyInputs, type TrainingInputs } from "./inputs.js";
import { trainingListeners } from "./listeners.js";
import { checkColumns, type PairOptions, readTrainingPairs, type TrainingPairs } from "./pairs.js";
import { openStart, type StartOptions, startKey } from "./starting-table.js";
import { warnOfSmallFiles } from "./warn-of-small-files.js";
import { writeTrained } from "./write-trained.js";

export interface TrainOptions extends TrainingOptions, StartOptions, Omit<PairOptions, "keepOut"> {
  /** Translation pairs, a file or a stream of bytes a language; a batch is of one. */
  pairs: readonly Input[];
  /**
   * Sentences that are never trained on: pairs with one of them on either side are left out, letters and digits alone
   * being compared. Of lines with tabs the last column counts.
   */
  keepOut?: readonly Input[];
  /** How the new table is stored; `int4` is read by crisscross alone. @default "float32" */
  type?: TableType;
  threads?: number;
}

export interface TrainSummary extends TrainedTable {
  pairs: number;
  keptOut: number;
  /** Pairs that had come before, in whichever file. */
  duplicates: number;
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
  const choices = choicesOf(options);
  checkColumns(options.columns);
  await using folder = await holdFolder(output);
  await findTrainingPlace(output);
  const inputs = await identifyInputs(folder.path, options);
  try {
    return await trainOn(inputs, output, choices, options);
  } finally {
    await inputs.discard();
  }
}

async function trainOn(
  inputs: TrainingInputs,
  output: string,
  choices: TrainingChoices,
  options: TrainOptions,
): Promise<TrainSummary> {
  const { columns, onError = "stop", from, type = "float32", onEvent = () => {} } = options;
  const start = await startKey(options);
  const hashes = [inputs.pairs, inputs.keepOut].map((files) => files.map(({ sha256 }) => sha256));
  const work = workKey({ format: FORMAT, start, hashes, columns, onError, choices });
  const path = await findTrainingPlace(output, work);
  const table = await openStart(options);
  checkTableType(type, table.dimensions);
  const pairs = await readTrainingPairs(inputs.pairs, table.piecesOf, {
    ...options,
    keepOut: inputs.keepOut,
    maxPieces: choices.maxPieces,
  });
  warnOfSmallFiles(pairs.groups, choices, onEvent);
  await table.weigh?.(textsOf(pairs));

  const part = unfinishedPath(path, work);
  const explain = (error: unknown) => {
    throw explainWriteError(error, output);
  };
  await removeOtherUnfinished(path, part).catch(explain);
  const write = async (trained: TrainedTable, diverged = false) => {
    // Training takes hours, and somebody may have put something there meanwhile.
    await findTrainingPlace(output, work);
    const told = { inputs: { ...inputs, columns, onError }, work, diverged };
    const options = { ...choices, patience: choices.patience ?? "never" };
    await writeTrained(path, { table, pairs, trained, from, type, choices: options, ...told }).catch(explain);
    if (!trained.interrupted) await rm(part, { force: true });
  };
  try {
    const { trained, resumedAt } = await train(part, table, pairs, choices, options, explain);
    await write(trained);
    const count = pairs.groups.reduce((sum, { source }) => sum + countBags(source), 0);
    const { keptOut, duplicates, skipped } = pairs;
    return { ...trained, pairs: count, keptOut, duplicates, skipped, resumedAt };
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
    await write({ ...error.lastGood, interrupted: false }, true);
    const message = `${error.message} ${output} holds that table; training with other options may replace it.`;
    throw new DivergenceError(message, error.lastGood, { cause: error });
  }
}

/** Every text's pieces. */
function* textsOf({ groups }: TrainingPairs): Generator<Int32Array> {
  for (const { source, target } of groups)
    for (const { pieces, offsets } of [source, target])
      for (let i = 1; i < offsets.length; i++) yield pieces.subarray(offsets[i - 1], offsets[i]);
}

async function train(
  part: string,
  { values, dimensions }: OpenTable,
  { groups }: TrainingPairs,
  { hardNegatives: count, ...choices }: TrainingChoices,
  { signal, threads, onEvent = () => {} }: TrainOptions,
  explain: (error: unknown) => never,
): Promise<{ trained: TrainedTable; resumedAt: number }> {
  const { maxPieces } = choices;
  const hardNegatives =
    count > 0
      ? await mineHardNegatives(values, dimensions, groups, { count, maxPieces, threads, signal, onEvent })
      : undefined;
  const resume = await loadCheckpoint(part);
  const trained = await trainTable(values, dimensions, groups, {
    ...choices,
    ...trainingListeners(onEvent),
    hardNegatives,
    threads,
    signal,
    resume,
    onCheckpoint: (checkpoint) => saveCheckpoint(part, checkpoint).catch(explain),
  });
  return { trained, resumedAt: resume?.step ?? 0 };
}
