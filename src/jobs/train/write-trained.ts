import { basename, resolve } from "node:path";
import { BUILTIN } from "../../embed/builtin.js";
import type { OpenTable } from "../../embed/static/open-table.js";
import type { TableType } from "../../embed/static/table-tensors.js";
import { type StaticFolder, writeStaticFolder } from "../../embed/static/write-static-folder.js";
import { countBags } from "../../train/bags.js";
import type { TrainedTable, TrainingGroup } from "../../train/training.js";
import type { TrainingInput } from "./inputs.js";
import type { TrainingPairs } from "./pairs.js";

export interface TrainedFolder {
  table: OpenTable;
  pairs: Omit<Partial<TrainingPairs>, "groups"> & { groups: readonly TrainingGroup[]; keptOut: number };
  trained: TrainedTable;
  /** What training started from. */
  from?: string;
  type?: TableType;
  /** Every other option that the table depends on. */
  choices: object;
  /** The files that were read, in the order of the pairs' groups, and how. */
  inputs?: {
    pairs: readonly TrainingInput[];
    keepOut: readonly TrainingInput[];
    columns?: readonly number[];
    onError: string;
  };
  /** By which the same work is known again. */
  work?: string;
  /** Whether training ended because numbers became none. @default false */
  diverged?: boolean;
}

/** Writes a trained table as an encoder's folder, with how it was trained; what lies there is replaced. */
export async function writeTrained(path: string, folder: TrainedFolder): Promise<void> {
  const { table, pairs, trained, from = BUILTIN, type, choices, work, diverged = false } = folder;
  const start = basename(resolve(from));
  const { interrupted, ...outcome } = trained;
  await writeTable(path, table, {
    from: start,
    type,
    settings: {
      centre: true,
      training: { work, from: start, ...choices, ...describeInputs(folder), interrupted, diverged, outcome },
    },
    card: cardOf(basename(path), start, pairs.groups.length, trained),
  });
}

/** Writes a table and its tokenizer as an encoder's folder; what lies there is replaced. */
export async function writeTable(
  path: string,
  { values, dimensions, tokenizer }: OpenTable,
  { from, ...folder }: { from: string } & Pick<StaticFolder, "type" | "settings" | "card">,
): Promise<void> {
  await writeStaticFolder(path, {
    ...folder,
    rows: values.length / dimensions,
    dimensions,
    blocks: rowBlocks(values, dimensions),
    tokenizer,
    tokenizerName: from,
    replace: true,
  });
}

function* rowBlocks(values: Float32Array, dimensions: number): Generator<Float32Array> {
  const size = 4096 * dimensions;
  for (let start = 0; start < values.length; start += size) yield values.subarray(start, start + size);
}

function describeInputs({ pairs, inputs }: TrainedFolder) {
  const { groups, keptOut, duplicates, skipped } = pairs;
  return {
    ...(inputs && { columns: inputs.columns ?? "the last two", onError: inputs.onError }),
    pairs: groups.map(({ name, source }, i) => ({
      name,
      sha256: inputs?.pairs[i].sha256,
      count: countBags(source),
    })),
    keepOut: inputs?.keepOut.map(({ name, sha256 }) => ({ name: basename(name), sha256 })),
    keptOut,
    duplicates,
    skipped,
  };
}

function cardOf(name: string, start: string, files: number, { step, accuracy }: TrainedTable): string {
  const trained = `translation pairs of ${files} ${files === 1 ? "file" : "files"}, ${step} steps`;
  const result = Number.isNaN(accuracy)
    ? `${trained}; no pair was held out to measure it.`
    : `${trained}, to a closed-set accuracy of ${accuracy.toFixed(4)} over held-out pairs.`;
  return `# ${name}

A static sentence encoder: a text's vector is the mean of its pieces' rows. Trained by crisscross from ${start} on
${result}
Its vectors are better compared with each side's mean subtracted. Every option is in config.json, under training.
`;
}
