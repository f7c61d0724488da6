import { basename } from "node:path";
import { InputError, OptionError } from "../../errors.js";
import type { JobEvent } from "../../events.js";
import { readSentences } from "../../read/read-sentences.js";
import { whileUnchanged } from "../../store/files/file-state.js";
import { DistinctTexts } from "../../store/hashes/distinct-texts.js";
import { copyKey } from "../../text/copy-key.js";
import { type Bags, countBags, joinBags, packBags } from "../../train/bags.js";
import type { PackedGroup } from "../../train/training.js";
import { option, say } from "../../wording.js";
import type { TrainingInput } from "./inputs.js";

export interface TrainingPairOptions {
  /** Columns of both sides, from 1. @default the last two */
  columns?: readonly [source: number, target: number];
  /**
   * Files of sentences that are never trained on: pairs with one of them on either side are left out, letters and digits
   * alone being compared. Of lines with tabs the last column counts.
   */
  keepOut?: readonly TrainingInput[];
  /** A line without two texts ends training, or is counted. @default "stop" */
  onError?: "stop" | "skip";
  /**
   * Pieces of a text that training uses; texts with the same ones are the same.
   * @default 64
   */
  maxPieces?: number;
  signal?: AbortSignal;
  onEvent?: (event: JobEvent) => void;
}

export interface TrainingPairs {
  groups: PackedGroup[];
  /** Pairs with a side that is kept out. */
  keptOut: number;
  /** Pairs that had come before, in any file: else one of two could be held out, and the other trained on. */
  duplicates: number;
  /** Lines without two texts. */
  skipped: number;
}

type PiecesOf = (texts: readonly string[]) => Promise<number[][]>;

/** Pieces of a text that are held, even if training uses fewer: what is common is counted over them. */
const LEAST_HELD = 256;

/** @throws OptionError if two sides would be read from what is not two columns */
export function checkColumns(columns: TrainingPairOptions["columns"]): void {
  if (columns === undefined) return;
  const isColumn = (column: number) => Number.isInteger(column) && column >= 1;
  if (columns.length === 2 && columns.every(isColumn) && columns[0] !== columns[1]) return;
  throw new OptionError(
    say`${option("columns")} is ${columns.join(",")}; expected two different columns, the source's and the target's, counted from 1.`,
  );
}

/**
 * Reads translation pairs, a group a file: `source⇥target`, with more columns before them or named ones.
 *
 * Memory: 4 bytes a piece.
 *
 * @throws InputError for a line without two texts, or a file without pairs
 */
export async function readTrainingPairs(
  inputs: readonly TrainingInput[],
  piecesOf: PiecesOf,
  options: TrainingPairOptions = {},
): Promise<TrainingPairs> {
  checkColumns(options.columns);
  const { maxPieces = 64, signal, onEvent } = options;
  const keepOut = await readKeptOut(options);
  const distinct = await DistinctTexts.create();
  const pairs: TrainingPairs = { groups: [], keptOut: 0, duplicates: 0, skipped: 0 };
  const isNew = (source: readonly number[], target: readonly number[]) => {
    const before = distinct.size;
    const found = distinct.add([source, target].map((side) => side.slice(0, maxPieces).join()).join(" "));
    if (found !== before) pairs.duplicates++;
    return found === before;
  };
  for (const [done, input] of inputs.entries()) {
    const { name } = input;
    onEvent?.({ kind: "progress", stage: "read pairs", done, total: inputs.length, unit: "files" });
    const [sources, targets]: [Bags[], Bags[]] = [[], []];
    for await (const batch of readAgain(input, signal)) {
      const rows = batch.flatMap(({ text, line }) => {
        if (isBlank(text)) return [];
        const row = parsePair(text, name, line, options);
        if (!row) pairs.skipped++;
        else if (row.some((side) => keepOut.has(copyKey(side)))) pairs.keptOut++;
        else return [row];
        return [];
      });
      const [source, target] = [
        await piecesOf(rows.map(([text]) => text)),
        await piecesOf(rows.map(([, text]) => text)),
      ];
      const kept = [...rows.keys()].filter((i) => isNew(source[i], target[i]));
      const held = (lists: readonly number[][]) =>
        packBags(kept.map((i) => lists[i].slice(0, Math.max(LEAST_HELD, maxPieces))));
      sources.push(held(source));
      targets.push(held(target));
    }
    const group = { name: basename(name), source: joinBags(sources), target: joinBags(targets) };
    if (countBags(group.source) < 2)
      throw new InputError(
        { path: name },
        "has fewer than two distinct pairs to train on; expected source⇥target on each line.",
      );
    pairs.groups.push(group);
  }
  return pairs;
}

/** A line with tabs has columns, even if they are empty. */
const isBlank = (text: string) => text.trim() === "" && !text.includes("\t");

function parsePair(
  text: string,
  path: string,
  line: number,
  { columns, onError, onEvent }: TrainingPairOptions,
): [source: string, target: string] | undefined {
  const fields = text.split("\t");
  const wanted = columns ?? [fields.length - 1, fields.length];
  const [source, target] = wanted.map((column) => fields[column - 1]?.trim());
  if (source && target) return [source, target];
  const where = columns ? ` in columns ${columns.join(" and ")}` : "";
  const isThere = wanted.every((column) => column >= 1 && column <= fields.length);
  const count = fields.length === 1 ? "1 column" : `${fields.length} columns`;
  const error = new InputError(
    { path, line },
    `expected a pair of texts${where}, found ${isThere ? "an empty side" : count}.`,
  );
  if (onError !== "skip") throw error;
  onEvent?.({ kind: "skipped", error });
  return undefined;
}

/** The lines of what was hashed before. */
function readAgain({ name, path, state }: TrainingInput, signal?: AbortSignal) {
  return whileUnchanged(readSentences(path, { format: "text", name, signal }), [state]);
}

async function readKeptOut({ keepOut = [], signal }: TrainingPairOptions): Promise<Set<string>> {
  const sentences = new Set<string>();
  for (const input of keepOut)
    for await (const batch of readAgain(input, signal))
      for (const { text } of batch) sentences.add(copyKey(text.slice(text.lastIndexOf("\t") + 1)));
  sentences.delete("");
  return sentences;
}
