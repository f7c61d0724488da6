import { existsSync } from "node:fs";
import { realpath, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { OpenTable } from "../embed/static/open-table.js";
import { checkTableType, type TableType } from "../embed/static/table-tensors.js";
import { TrainingError } from "../errors.js";
import { claimPart } from "../store/claim-part.js";
import { lock } from "../store/lock.js";
import { findNewFolder } from "../store/new-folder.js";
import { explainWriteError } from "../store/output-error.js";
import { countBags } from "../train/bags.js";
import { trainTable } from "../train/train-table.js";
import type { TrainedTable, TrainTableOptions } from "../train/training.js";
import { mineHardNegatives } from "./hard-negatives.js";
import { hashFile } from "./identify.js";
import { openStart, type StartOptions, startKey } from "./starting-table.js";
import { loadCheckpoint, saveCheckpoint } from "./training-checkpoint.js";
import { type PairOptions, readTrainingPairs, type TrainingPairs } from "./training-pairs.js";
import { writeTrained } from "./write-trained.js";

/** What decides how a table is trained; all of it is told in the new folder. */
type TrainingChoices = Partial<
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

export interface TrainOptions extends TrainingChoices, StartOptions, PairOptions {
  /** Files of translation pairs, one a language; a batch is of one file. */
  pairs: readonly string[];
  /** How the new table is stored; `int4` is read by crisscross alone. @default "float32" */
  type?: TableType;
  threads?: number;
}

export interface TrainSummary extends TrainedTable {
  pairs: number;
  keptOut: number;
  skipped: number;
  /** The step that an interrupted run had come to. */
  resumedAt: number;
}

const STEPS = 3000;
const MAX_PIECES = 64;
/** The loss that is shown is a mean that forgets: a batch's own depends on its language. */
const SMOOTHING = 0.02;

/**
 * Trains a static encoder on translation pairs and writes a new one, which asks for centring.
 *
 * Validation pairs are held out at random; the table is kept as it was at the best validation. A run that is interrupted
 * writes the best so far, and goes on when it is given the same work again; same work, same bytes. Memory: three times
 * the table, and 4 bytes a piece of the pairs.
 *
 * @param output a folder that is not there, or empty, or what an interrupted run of this work left
 * @throws OptionError, InputError, ModelError, OutputError; TrainingError if the loss is no number any more, the last
 *   good table being written
 */
export async function trainStatic(output: string, options: TrainOptions): Promise<TrainSummary> {
  const { pairs, keepOut = [], columns, onError, signal } = options;
  const place = existsSync(output) ? await realpath(output) : await findNewFolder(output);
  const release = await lock(join(dirname(place), `.${basename(place)}.lock`), output);
  try {
    const choices = choicesOf(options);
    const hashes = [];
    for (const path of [...pairs, ...keepOut]) hashes.push(await hashFile(path, signal));
    const start = await startKey(options, signal);
    const part = await claimPart(place, { start, hashes, columns, onError, choices });
    if (!existsSync(part)) await findNewFolder(output);
    const table = await openStart(options);
    checkTableType(options.type ?? "float32", table.dimensions);
    const read = await readTrainingPairs(pairs, table.piecesOf, options);
    table.weigh?.(textsOf(read));
    const write = (trained: TrainedTable) =>
      writeTrained(place, { table, pairs: read, trained, from: options.from, type: options.type, choices });
    const { trained, resumedAt } = await train(part, table, read, write, options);
    if (!trained.interrupted) await rm(part, { force: true });
    const count = read.groups.reduce((sum, { source }) => sum + countBags(source), 0);
    return { ...trained, pairs: count, keptOut: read.keptOut, skipped: read.skipped, resumedAt };
  } catch (error) {
    throw explainWriteError(error, output);
  } finally {
    await release();
  }
}

function choicesOf(options: TrainOptions): TrainingChoices {
  const { steps = STEPS, batch, learningRate, scale, margin, maxPieces = MAX_PIECES, pieceDropout } = options;
  const { exponent, seed, validation, validateEvery, patience, hardNegatives } = options;
  const rate = { learningRate, scale, margin, pieceDropout, hardNegatives };
  return { steps, batch, maxPieces, ...rate, exponent, seed, validation, validateEvery, patience };
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
  write: (trained: TrainedTable) => Promise<void>,
  { signal, threads, onEvent = () => {}, ...options }: TrainOptions,
): Promise<{ trained: TrainedTable; resumedAt: number }> {
  const { hardNegatives: count = 0, ...choices } = choicesOf(options);
  const [steps, maxPieces] = [choices.steps!, choices.maxPieces!];
  const hardNegatives =
    count > 0
      ? await mineHardNegatives(values, dimensions, groups, { count, maxPieces, threads, signal, onEvent })
      : undefined;
  const resume = await loadCheckpoint(part);
  const resumedAt = resume?.step ?? 0;
  const last = {
    step: resume?.kept.step ?? 0,
    accuracy: resume?.kept.accuracy ?? Number.NaN,
    steps: resumedAt,
  };
  let smooth = Number.NaN;
  const training = trainTable(values, dimensions, groups, {
    ...choices,
    steps,
    hardNegatives,
    threads,
    signal,
    resume,
    onCheckpoint: (checkpoint) => saveCheckpoint(part, checkpoint),
    onValidation: ({ step, accuracy, best }) => {
      if (best) Object.assign(last, { step, accuracy });
      const message = `step ${step}: validation accuracy ${accuracy.toFixed(4)}${best ? ", the best so far" : ""}`;
      onEvent({ kind: "note", message });
    },
    onStep: ({ step, loss, pairsPerSecond }) => {
      last.steps = step;
      smooth = Number.isNaN(smooth) ? loss : smooth + SMOOTHING * (loss - smooth);
      const detail = `loss ${smooth.toFixed(3)} · ${Math.round(pairsPerSecond)} pairs/s`;
      onEvent({ kind: "progress", stage: "train", done: step, total: steps, unit: "steps", detail });
    },
  });
  const trained = await training.catch(async (error) => {
    if (error instanceof TrainingError) await write({ ...last, interrupted: false });
    throw error;
  });
  await write(trained);
  return { trained, resumedAt };
}
