import { rm } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { BUILTIN } from "../embed/builtin.js";
import type { OpenTable } from "../embed/static/open-table.js";
import type { TableType } from "../embed/static/table-tensors.js";
import { writeStaticFolder } from "../embed/static/write-static-folder.js";
import { countBags } from "../train/bags.js";
import type { TrainedTable } from "../train/training.js";
import type { TrainingPairs } from "./training-pairs.js";

export interface TrainedFolder {
  table: OpenTable;
  pairs: TrainingPairs;
  trained: TrainedTable;
  /** What training started from. */
  from?: string;
  type?: TableType;
  /** Every other option that the table depends on. */
  choices: object;
}

/** Writes a trained table as an encoder's folder, with how it was trained; what lies there is replaced. */
export async function writeTrained(path: string, folder: TrainedFolder): Promise<void> {
  const { table, pairs, trained, from = BUILTIN, type, choices } = folder;
  const { values, dimensions, tokenizer } = table;
  const start = basename(resolve(from));
  const counts = Object.fromEntries(pairs.groups.map(({ name, source }) => [name, countBags(source)]));
  await rm(path, { recursive: true, force: true });
  await writeStaticFolder(path, {
    rows: values.length / dimensions,
    dimensions,
    blocks: rowBlocks(values, dimensions),
    type,
    tokenizer,
    tokenizerName: start,
    settings: {
      centre: true,
      training: { from: start, ...choices, pairs: counts, "kept out": pairs.keptOut, ...trained },
    },
    card: describe(basename(path), start, pairs.groups.length, trained),
  });
}

function* rowBlocks(values: Float32Array, dimensions: number): Generator<Float32Array> {
  const size = 4096 * dimensions;
  for (let start = 0; start < values.length; start += size) yield values.subarray(start, start + size);
}

function describe(name: string, start: string, files: number, { step, accuracy }: TrainedTable): string {
  return `# ${name}

A static sentence encoder: a text's vector is the mean of its pieces' rows. Trained by crisscross from ${start} on
translation pairs of ${files} ${files === 1 ? "file" : "files"}, ${step} steps, to a closed-set accuracy of
${accuracy.toFixed(4)} over held-out pairs. Its vectors are better compared with each side's mean subtracted. Every option
is in config.json, under training.
`;
}
