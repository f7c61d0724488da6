import { readFileSync } from "node:fs";
import { InputError } from "../../errors.js";
import type { VectorBlock } from "../../types/vectors.js";
import { option, say, type Wording } from "../../wording.js";
import type { Sum } from "../files/checksum.js";
import { seal, unseal } from "../files/sealed-json.js";
import { writeWholeText } from "../files/whole-file.js";
import { type BlockSums, blockChecker } from "./block-sums.js";
import { NPY_TYPES } from "./npy.js";
import { type NpyFile, openNpy } from "./npy-file.js";
import { readFloats } from "./number-types.js";

/** Which distinct text each line is, without the texts: what a search has to know of them. */
export interface KnownLines {
  /** SHA-256 of the distinct texts with their lengths, in the order in which they first come. */
  hash: string;
  /** The number of each line's text, as `LineNotes` packs it; of several parts one after the other. */
  lines: string | readonly string[];
}

/** Which rows of a whole text's vectors a file has. */
export interface VectorsPart {
  /** From 1. */
  number: number;
  /** How many parts there are. */
  of: number;
  /** The row of the whole that its first one is, from 0. */
  first: number;
  /** Rows of the whole. */
  rows: number;
}

/** Sums of rows, each in two parts, as `RowSums` has them. */
export interface KeptSums {
  high: readonly number[];
  low: readonly number[];
  /** Rows that are not zero, of each block. */
  counts: readonly number[];
}

/** What a search has to know of all rows, of those whose text comes for the first time. */
export interface DistinctRows {
  /** Of unit length, unless they have blocks. */
  sums: KeptSums;
  /** Which of the file's rows are zeros, of these; from 0. */
  zeros: readonly number[];
}

/** What makes vectors comparable, and what they are the vectors of. */
export interface VectorsInfo {
  /** The encoder's space: vectors of two spaces cannot be compared. */
  space: string;
  /** What the texts were encoded for, where they were for something. */
  task?: string;
  /** What the encoder put before every text, where it put something. */
  prompt?: string;
  /** The code of the language that the encoder was told, where it had to be. */
  language?: string;
  dimensions: number;
  /** The parts of a row, where they come from several encoders. */
  blocks?: readonly VectorBlock[];
  /** Whether the encoder asks for the mean to be subtracted. */
  centre?: boolean;
  rows: number;
  /** The mean of all rows that are not zero, for centring. */
  mean: number[];
  /** The file that the texts stand in, relative to that of the vectors, its SHA-256, and how it was read. */
  text?: { path: string; hash: string; read: Record<string, unknown> };
  /** Which part of a text's vectors they are, if not all; what they say of the text is of all of it, of its lines of their own. */
  part?: VectorsPart;
  /** Which of the rows are of the same text, so that they can be searched where the text is not. */
  sentences?: KnownLines;
  /** Of these sentences; what an earlier version wrote has none. */
  distinct?: DistinctRows;
  /** SHA-256 of the array's file, as `embed` wrote it. */
  hash?: string;
  /** Of the same file, for who reads a share of it; what an earlier version wrote has none. */
  sums?: BlockSums;
}

/** Vectors that are read a block at a time. */
export interface VectorsFile extends Disposable {
  info: Omit<VectorsInfo, "mean">;
  /**
   * The rows from `start` up to `end` as float32.
   *
   * @param room where they may be put
   */
  read(start: number, end: number, room?: Float32Array): Float32Array;
}

/** The same with all that they tell of themselves. */
export interface DescribedVectors extends VectorsFile {
  info: VectorsInfo;
}

/** The description stands beside the array under its name and `.json`. */
export const infoPath = (path: string) => `${path}.json`;

/** The files of vectors at a path: the array and its description. */
export const vectorFiles = (path: string): readonly [string, string] => [path, infoPath(path)];

export async function writeVectorsInfo(path: string, info: VectorsInfo): Promise<void> {
  await writeWholeText(infoPath(path), `${JSON.stringify(info)}\n`);
}

/** The same with a checksum, where no run's manifest has one. */
export async function writeSealedInfo(path: string, info: VectorsInfo): Promise<void> {
  await writeWholeText(infoPath(path), `${JSON.stringify(await seal(info))}\n`);
}

/** @throws InputError if a description is not as it was written, where that can be told */
export async function checkSeal(path: string): Promise<void> {
  const info = readVectorsInfo(path);
  if ((await unseal(info)).isSound) return;
  throw new InputError({ path: infoPath(path) }, "is damaged: what it says is not what was written.", {
    advice: adviseAgain(info),
  });
}

/** What makes vectors again. */
export function adviseAgain({ part }: Pick<VectorsInfo, "part">): Wording {
  if (!part) return "Embed the text again.";
  return say`Embed the text again with ${option("part", `${part.number}/${part.of}`)}.`;
}

/**
 * Opens vectors that `embed` or a run wrote.
 *
 * @param sum checks what is read, where the description tells how
 * @throws InputError if the array or its description is missing, broken, or they do not fit
 */
export function openVectors(path: string, sum?: Sum): DescribedVectors {
  const file = openNpy(path);
  try {
    const info = readVectorsInfo(path);
    checkShape(file, info, path);
    const { dimensions } = info;
    const check = sum && info.sums && blockChecker(file, info.sums, { sum, advice: adviseAgain(info) });
    const rowBytes = dimensions * NPY_TYPES[file.type].BYTES_PER_ELEMENT;
    return {
      info,
      read: (start, end, room) => {
        check?.(file.dataOffset + start * rowBytes, file.dataOffset + end * rowBytes);
        return readFloats(file, { start: start * dimensions, end: end * dimensions, room });
      },
      [Symbol.dispose]: () => file[Symbol.dispose](),
    };
  } catch (error) {
    file[Symbol.dispose]();
    throw error;
  }
}

/** @throws InputError if it is not there, or no description */
export function readVectorsInfo(path: string): VectorsInfo {
  try {
    const info = JSON.parse(readFileSync(infoPath(path), "utf8"));
    if (!isInfo(info)) throw new SyntaxError("its fields are others");
    return info;
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? "is not a description of vectors" : "cannot be read";
    throw new InputError({ path: infoPath(path) }, `${reason}; expected it to tell the encoder of ${path}.`, {
      advice: say`Make both with crisscross embed; or, if another program made the vectors, give the text of their rows as ${option("sourceText")} or ${option("targetText")}.`,
      cause,
    });
  }
}

type Fields = Partial<Record<string, unknown>>;

/** Whether it has every field that is needed, each as `writeVectorsInfo` writes it. */
function isInfo(info: unknown): info is VectorsInfo {
  if (!isObject(info)) return false;
  const {
    space,
    prompt = "",
    dimensions,
    blocks = [],
    rows,
    mean,
    text,
    sentences,
    part,
    distinct,
    hash = "",
    sums,
  } = info;
  return (
    isText(space) &&
    isText(prompt) &&
    isText(hash) &&
    Number.isSafeInteger(rows) &&
    isNumbers(mean) &&
    mean.length === dimensions &&
    Array.isArray(blocks) &&
    blocks.every(isBlock) &&
    (text === undefined || isTextFile(text)) &&
    (part === undefined || isPart(part)) &&
    (distinct === undefined || isDistinct(distinct)) &&
    (sums === undefined || isSums(sums)) &&
    (sentences === undefined || isKnownLines(sentences))
  );
}

const isText = (value: unknown) => typeof value === "string";
const isObject = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const isBlock = (value: unknown) =>
  isObject(value) && Number.isSafeInteger(value.dimensions) && Number.isFinite(value.weight);
const isKnownLines = (value: unknown) => isObject(value) && isText(value.hash) && isText(value.lines);
const isNumbers = (value: unknown): value is number[] => Array.isArray(value) && value.every(Number.isFinite);
const isDistinct = (value: unknown) =>
  isObject(value) &&
  isNumbers(value.zeros) &&
  isObject(value.sums) &&
  [value.sums.high, value.sums.low, value.sums.counts].every(isNumbers);
const isSums = (value: unknown) =>
  isObject(value) &&
  Number.isSafeInteger(value.bytes) &&
  Array.isArray(value.xxh64) &&
  value.xxh64.every(isText);
const isPart = (value: unknown) =>
  isObject(value) && [value.number, value.of, value.first, value.rows].every(Number.isSafeInteger);
const isTextFile = (value: unknown) =>
  isObject(value) && isText(value.path) && isText(value.hash) && isObject(value.read);

function checkShape({ shape }: NpyFile, { rows, dimensions }: VectorsInfo, path: string): void {
  if (shape.length === 2 && shape[0] === rows && shape[1] === dimensions) return;
  throw new InputError(
    { path },
    `holds ${shape.join(" × ")} numbers, but its description says ${rows} × ${dimensions}.`,
    { advice: "Embed the text again." },
  );
}
