import { join } from "node:path";
import { BUILTIN } from "../../embed/builtin.js";
import { findTableFolder } from "../../embed/find-table-folder.js";
import { readEncoderFolder } from "../../embed/folder/encoder-folder.js";
import { findTokenizer } from "../../embed/folder/tokenizer-file.js";
import { DEFAULT_DIMENSIONS, NGRAM } from "../../embed/ngram/ngram.js";
import { openNgramTable, type WeighedTable } from "../../embed/ngram/ngram-table.js";
import { type OpenTable, openTable } from "../../embed/static/open-table.js";
import { OptionError } from "../../errors.js";
import type { JobListeners } from "../../events.js";
import { identifyFile } from "../../steps/texts/identify.js";
import type { FileState } from "../../store/files/file-state.js";
import { PURPOSE } from "../../train/purposes.js";
import { normalNumbers } from "../../train/random.js";
import { option, say } from "../../wording.js";

/** What training may start from, beside a folder: random numbers for the pieces of the built-in encoder. */
const RANDOM = "random";
/** Standard deviation of a table's numbers before training. */
const DEVIATION = 0.1;

export interface TrainingStartOptions extends JobListeners {
  /** The static encoder that training starts from: `builtin`, `random`, `ngram`, a folder, or a name of the hub. @default "builtin" */
  from?: string;
  /** Size of the vectors of a `random` or `ngram` table. @default 256 */
  dimensions?: number;
  /** @default 0 */
  seed?: number;
}

/** A table to start from; one that weights its rows has to see all texts first. */
export type Start = OpenTable & Partial<WeighedTable>;

/**
 * Opens the table that training starts from.
 *
 * @throws ModelError if it cannot be used; OptionError if dimensions are given for a table that has its own
 */
export async function openStart({
  from = BUILTIN,
  dimensions,
  seed = 0,
  ...listeners
}: TrainingStartOptions): Promise<Start> {
  if (from === NGRAM) return openNgramTable(dimensions ?? DEFAULT_DIMENSIONS, seed);
  if (from !== RANDOM) {
    if (dimensions !== undefined)
      throw new OptionError(
        say`${option("dimensions")} goes with a random or ngram table; ${from} has a size of its own.`,
        { advice: "Leave it out, or distil an encoder to fewer dimensions." },
      );
    return openTable(await findTableFolder(from, listeners));
  }
  const { values, dimensions: width, ...rest } = await openTable(await findTableFolder(BUILTIN));
  const table = new Float32Array((values.length / width) * (dimensions ?? DEFAULT_DIMENSIONS));
  const next = normalNumbers(seed, PURPOSE.table);
  for (let i = 0; i < table.length; i++) table[i] = DEVIATION * next();
  return { ...rest, values: table, dimensions: dimensions ?? DEFAULT_DIMENSIONS };
}

/** What identifies a start, and the files that it is to be read from, as they are. */
export interface IdentifiedStart {
  key: unknown;
  states: (FileState | undefined)[];
}

/** Identifies a start: everything that a table and its pieces are read from. */
export async function identifyStart({
  from = BUILTIN,
  dimensions = DEFAULT_DIMENSIONS,
  seed = 0,
  signal,
  onEvent,
}: TrainingStartOptions): Promise<IdentifiedStart> {
  if (from === NGRAM) return { key: { from, dimensions, seed }, states: [] };
  const folder = await findTableFolder(from === RANDOM ? BUILTIN : from, { signal, onEvent });
  const { modules } = await readEncoderFolder(folder);
  const { path } = modules.input;
  const files = [join(path, "model.safetensors"), findTokenizer(path)!, join(folder, "config.json")];
  const hashes: string[] = [];
  const states: IdentifiedStart["states"] = [];
  for (const file of files) {
    const { hash, state } = await identifyFile(file, { signal });
    hashes.push(hash);
    states.push(state);
  }
  return { key: from === RANDOM ? { from, dimensions, seed, hashes } : { hashes }, states };
}
