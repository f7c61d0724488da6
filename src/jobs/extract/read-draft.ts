import { existsSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { InputError } from "../../errors.js";
import { openNpy } from "../../store/arrays/npy-file.js";
import { readUpTo } from "../../store/files/whole-io.js";
import { type DraftRow, draftFiles, ROW_COLUMNS } from "./draft.js";

const CHUNK_ROWS = 4096;

/** Some rows of a draft, in the order in which they were written. */
export interface DraftRows {
  length: number;
  row(index: number): DraftRow;
}

/** What tells of the rows, a chunk at a time: each row's line hashed. */
export function* readDraftHashes(path: string): Generator<{ rows: DraftRows; hashes: BigUint64Array }> {
  const hashes = readKeys(draftFiles(path).hashes);
  for (const rows of readRows(path)) yield { rows, hashes: hashes.next().value! };
}

/** The keys of the documents, some documents at a time. */
export function* readDraftKeys(path: string): Generator<BigUint64Array> {
  const { keys } = draftFiles(path);
  if (existsSync(keys)) yield* readKeys(keys);
}

/** Rows with their lines, which stand in `bytes` one after the other. */
export interface DraftLines {
  rows: DraftRows;
  bytes: Buffer;
}

/** A draft's lines. Memory: that of 4,096 of them. */
export async function* readDraftLines(path: string): AsyncGenerator<DraftLines> {
  const { lines } = draftFiles(path);
  const file = await open(lines);
  try {
    for (const rows of readRows(path)) {
      let length = 0;
      for (let i = 0; i < rows.length; i++) length += rows.row(i).bytes;
      yield { rows, bytes: await readBytes(file, length, lines) };
    }
  } finally {
    await file.close();
  }
}

function* readRows(path: string): Generator<DraftRows> {
  for (const table of readChunks(draftFiles(path).rows)) {
    const row = (index: number) => {
      const at = index * ROW_COLUMNS;
      return { document: table[at], group: table[at + 1], bytes: table[at + 2] };
    };
    yield { length: table.length / ROW_COLUMNS, row };
  }
}

function* readKeys(path: string): Generator<BigUint64Array> {
  for (const table of readChunks(path)) yield new BigUint64Array(table.buffer as ArrayBuffer);
}

function* readChunks(path: string): Generator<Uint32Array> {
  using file = openNpy(path);
  const [rows, columns] = file.shape;
  for (let first = 0; first < rows; first += CHUNK_ROWS)
    yield file.read(first * columns, Math.min(first + CHUNK_ROWS, rows) * columns) as Uint32Array;
}

async function readBytes(file: FileHandle, length: number, path: string): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  if ((await readUpTo(file, bytes)) < length)
    throw new InputError({ path }, "is cut short.", {
      advice: "Remove its folder, and run the command again.",
    });
  return bytes;
}
