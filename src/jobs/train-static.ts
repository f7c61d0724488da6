import { existsSync } from "node:fs";
import { realpath, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { type OpenTable, openTable } from "../embed/static/open-table.js";
import type { TableType } from "../embed/static/table-tensors.js";
import { writeStaticFolder } from "../embed/static/write-static-folder.js";
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
import { loadCheckpoint, saveCheckpoint } from "./training-checkpoint.js";
import { type PairOptions, readTrainingPairs, type TrainingPairs } from "./training-pairs.js";

/** What decides how a table is trained; all of it is told in the new folder. */
export type TrainingChoices = Partial<
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

export interface TrainOptions extends TrainingChoices, PairOptions {
  /** The static encoder that training starts from: a folder. */
  from: string;
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
 * @throws OptionError, InputError, ModelError, OutputError; TrainingError if the loss is no number any more, the last good
 *   table being written
 */
export async function trainStatic(output: string, options: TrainOptions): Promise<TrainSummary> {
  const {
    from,
    pairs,
    columns,
    keepOut,
    onError,
    threads: _,
    signal,
    onEvent = () => {},
    ...choices
  } = options;
  const hashes = [];
  for (const path of [join(from, "model.safetensors"), ...pairs, ...(keepOut ?? [])])
    hashes.push(await hashFile(path, signal));
  const place = existsSync(output) ? await realpath(output) : await findNewFolder(output);
  const release = await lock(join(dirname(place), `.${basename(place)}.lock`), output);
  try {
    const part = await claimPart(place, { hashes, columns, onError, choices });
    const interrupted = existsSync(part);
    if (!interrupted) await findNewFolder(output);
    const table = await openTable(from);
    const read = await readTrainingPairs(pairs, table.piecesOf, options);
    const writer = async (trained: TrainedTable) => {
      await rm(place, { recursive: true, force: true });
      await writeTable(place, table, read, trained, options);
    };
    const summary = await train(part, table, read, writer, options);
    if (!summary.interrupted) await rm(part, { force: true });
    return summary;
  } catch (error) {
    throw explainWriteError(error, output);
  } finally {
    await release();
  }
}

async function train(
  part: string,
  table: OpenTable,
  { groups, keptOut, skipped }: TrainingPairs,
  write: (trained: TrainedTable) => Promise<void>,
  options: TrainOptions,
): Promise<TrainSummary> {
  const { steps = STEPS, maxPieces = MAX_PIECES, hardNegatives: count = 0, threads, signal } = options;
  const { onEvent = () => {} } = options;
  const { values, dimensions } = table;
  const hardNegatives =
    count > 0
      ? await mineHardNegatives(values, dimensions, groups, { count, maxPieces, threads, signal, onEvent })
      : undefined;
  const resume = await loadCheckpoint(part);
  let smooth = 0;
  const last = { step: resume?.kept.step ?? 0, accuracy: resume?.kept.accuracy ?? Number.NaN, steps: 0 };
  const trained = await trainTable(values, dimensions, groups, {
    ...options,
    steps,
    maxPieces,
    hardNegatives,
    resume,
    onCheckpoint: (checkpoint) => saveCheckpoint(part, checkpoint),
    onValidation: ({ step, accuracy, best }) => {
      if (best) Object.assign(last, { step, accuracy });
      const message = `step ${step}: validation accuracy ${accuracy.toFixed(4)}${best ? ", the best so far" : ""}`;
      onEvent({ kind: "note", message });
    },
    onStep: ({ step, loss, pairsPerSecond }) => {
      last.steps = step;
      smooth = smooth === 0 ? loss : smooth + SMOOTHING * (loss - smooth);
      const detail = `loss ${smooth.toFixed(3)} · ${Math.round(pairsPerSecond)} pairs/s`;
      onEvent({ kind: "progress", stage: "train", done: step, total: steps, unit: "steps", detail });
    },
  }).catch(async (error) => {
    if (error instanceof TrainingError) await write({ ...last, interrupted: false });
    throw error;
  });
  await write(trained);
  const pairs = groups.reduce((sum, { source }) => sum + countBags(source), 0);
  return { ...trained, pairs, keptOut, skipped, resumedAt: resume?.step ?? 0 };
}

async function writeTable(
  path: string,
  { values, dimensions, tokenizer }: OpenTable,
  { groups, keptOut }: TrainingPairs,
  { step, accuracy, steps, interrupted }: TrainedTable,
  {
    from,
    type,
    signal: _signal,
    onEvent: _onEvent,
    threads: _threads,
    pairs: _pairs,
    ...choices
  }: TrainOptions,
): Promise<void> {
  const pairs = Object.fromEntries(groups.map(({ name, source }) => [name, countBags(source)]));
  const start = basename(resolve(from));
  const training = { from: start, ...choices, pairs, keptOut, step, steps, accuracy, interrupted };
  await writeStaticFolder(path, {
    rows: values.length / dimensions,
    dimensions,
    blocks: rowBlocks(values, dimensions),
    type,
    tokenizer,
    tokenizerName: start,
    settings: { centre: true, training },
    card: describe(basename(path), start, groups.length, step, accuracy),
  });
}

function* rowBlocks(values: Float32Array, dimensions: number): Generator<Float32Array> {
  const size = 4096 * dimensions;
  for (let start = 0; start < values.length; start += size) yield values.subarray(start, start + size);
}

function describe(name: string, start: string, files: number, step: number, accuracy: number): string {
  return `# ${name}

A static sentence encoder: a text's vector is the mean of its pieces' rows. Trained by crisscross from ${start} on
translation pairs of ${files} ${files === 1 ? "file" : "files"}, ${step} steps, to a closed-set accuracy of
${accuracy.toFixed(4)} over held-out pairs. Its vectors are better compared with each side's mean subtracted. Every option
is in config.json, under training.
`;
}
