import { basename } from "node:path";
import { InputError } from "../errors.js";
import { readSentences } from "../read/read-sentences.js";
import { type Bags, countBags, joinBags, packBags } from "../train/bags.js";
import type { TrainingGroup } from "../train/training.js";
import type { JobEvent } from "./events.js";

export interface PairOptions {
  /** Columns of both sides, from 1. @default the last two */
  columns?: readonly [source: number, target: number];
  /**
   * Files of sentences that are never trained on: pairs with one of them on either side are left out, letters and digits
   * alone being compared. Of lines with tabs the last column counts.
   */
  keepOut?: readonly string[];
  /** A line without two texts ends training, or is counted. @default "stop" */
  onError?: "stop" | "skip";
  signal?: AbortSignal;
  onEvent?: (event: JobEvent) => void;
}

export interface TrainingPairs {
  groups: TrainingGroup[];
  /** Pairs with a side that is kept out. */
  keptOut: number;
  /** Lines without two texts. */
  skipped: number;
}

type PiecesOf = (texts: readonly string[]) => Promise<number[][]>;

/** Pieces beyond these are never looked at, so they need not be held. */
const MOST_PIECES = 256;

/**
 * Reads translation pairs, a group a file: `source⇥target`, with more columns before them or named ones.
 *
 * Memory: 4 bytes a piece.
 *
 * @throws InputError for a line without two texts, or a file without pairs
 */
export async function readTrainingPairs(
  paths: readonly string[],
  piecesOf: PiecesOf,
  options: PairOptions = {},
): Promise<TrainingPairs> {
  const keepOut = await readKeptOut(options);
  const pairs: TrainingPairs = { groups: [], keptOut: 0, skipped: 0 };
  for (const [done, path] of paths.entries()) {
    options.onEvent?.({ kind: "progress", stage: "read pairs", done, total: paths.length, unit: "files" });
    const [sources, targets]: [Bags[], Bags[]] = [[], []];
    for await (const batch of readSentences(path, { format: "text", signal: options.signal })) {
      const rows = batch.flatMap(({ text, line }) => {
        if (text.trim() === "") return [];
        const row = parsePair(text, path, line, options);
        if (!row) pairs.skipped++;
        else if (row.some((side) => keepOut.has(normalise(side)))) pairs.keptOut++;
        else return [row];
        return [];
      });
      sources.push(
        await bagsOf(
          rows.map(([source]) => source),
          piecesOf,
        ),
      );
      targets.push(
        await bagsOf(
          rows.map(([, target]) => target),
          piecesOf,
        ),
      );
    }
    const group = { name: basename(path), source: joinBags(sources), target: joinBags(targets) };
    if (countBags(group.source) < 2)
      throw new InputError(
        { path },
        "has fewer than two pairs to train on; expected source⇥target, a pair a line.",
      );
    pairs.groups.push(group);
  }
  return pairs;
}

function parsePair(
  text: string,
  path: string,
  line: number,
  { columns, onError, onEvent }: PairOptions,
): [source: string, target: string] | undefined {
  const fields = text.split("\t");
  const [source, target] = (columns ?? [fields.length - 1, fields.length]).map((column) =>
    fields[column - 1]?.trim(),
  );
  if (source && target) return [source, target];
  const found = source || target ? "an empty side" : `${fields.length} columns`;
  const error = new InputError({ path, line }, `expected a pair of texts, found ${found}.`);
  if (onError !== "skip") throw error;
  onEvent?.({ kind: "skipped", error });
  return undefined;
}

async function readKeptOut({ keepOut = [], signal }: PairOptions): Promise<Set<string>> {
  const sentences = new Set<string>();
  for (const path of keepOut)
    for await (const batch of readSentences(path, { format: "text", signal }))
      for (const { text } of batch) sentences.add(normalise(text.slice(text.lastIndexOf("\t") + 1)));
  sentences.delete("");
  return sentences;
}

function normalise(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
}

async function bagsOf(texts: readonly string[], piecesOf: PiecesOf): Promise<Bags> {
  const lists = await piecesOf(texts);
  return packBags(lists.map((pieces) => pieces.slice(0, MOST_PIECES)));
}
