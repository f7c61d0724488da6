import { closeSync, fstatSync, openSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { InputError } from "../../errors.js";
import { nameUnfinished, openUnfinished } from "../files/open-unfinished.js";
import { explainUnreadable } from "../files/unreadable.js";
import { temporaryPath } from "../files/whole-file.js";
import { readFully, readFullySync, readUpToSync, writeFully } from "../files/whole-io.js";
import {
  decodeNpyHeader,
  encodeNpyHeader,
  HEADER_BYTES,
  NPY_TYPES,
  type NpyData,
  type NpyDataOf,
  type NpyHeader,
  type NpyType,
} from "./npy.js";

const HEAD_BYTES = 4096;

/** A file whose header is to be found out. */
export interface ArrayHead {
  /** The file's bytes. */
  size: number;
  /** Its first bytes, fewer where it has no more. */
  head(bytes: number): Buffer;
}

/** An array in a .npy file, read in pieces. */
export interface NpyFile extends NpyHeader, Disposable {
  readonly path: string;
  /** The file's bytes, its header's with them. */
  readonly size: number;
  /** Bytes of the file from `start` up to `end`, its header's with them. */
  readBytes(start: number, end: number): Uint8Array;
  /** The elements from `start` up to `end`, counted over the whole array. */
  read(start: number, end: number): NpyData;
  /** Fills an array of the file's type with the elements from `start` on, for who reads often: memory that is used anew. */
  readInto(start: number, values: NpyData): void;
}

/** @throws InputError as decodeNpyHeader, or if the file cannot be opened */
export function openNpy(path: string): NpyFile {
  return openArray(path, ({ head, size }) => decodeNpyHeader(head(HEAD_BYTES), size, path));
}

/**
 * Opens an array of which `decodeHeader` tells, by the file's first bytes and its size, what it is.
 *
 * @throws InputError if the file cannot be opened; what `decodeHeader` throws
 */
export function openArray(path: string, decodeHeader: (file: ArrayHead) => NpyHeader): NpyFile {
  const file = openFile(path);
  try {
    const { size } = fstatSync(file);
    const head = (bytes: number) => {
      const first = Buffer.alloc(Math.min(bytes, size));
      return first.subarray(0, readUpToSync(file, first, 0));
    };
    const header = decodeHeader({ head, size });
    const Kind = NPY_TYPES[header.type];
    const readInto = (start: number, values: NpyData) =>
      readValues(file, values, header.dataOffset + start * Kind.BYTES_PER_ELEMENT);
    return {
      ...header,
      path,
      size,
      readBytes: (start, end) => {
        const bytes = new Uint8Array(end - start);
        readFullySync(file, bytes, start);
        return bytes;
      },
      read: (start, end) => {
        const values = new Kind(end - start);
        readInto(start, values);
        return values;
      },
      readInto,
      [Symbol.dispose]: () => closeSync(file),
    };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/** The whole array of a .npy file. */
export function readNpy(path: string): NpyData {
  using file = openNpy(path);
  return file.read(
    0,
    file.shape.reduce((product, size) => product * size, 1),
  );
}

function openFile(path: string): number {
  try {
    return openSync(path, "r");
  } catch (cause) {
    const { problem, advice } = explainUnreadable(path, cause) ?? { problem: String(cause) };
    throw new InputError({ path }, problem, { advice, cause });
  }
}

/** Larger views of a buffer than 4 GiB do not exist on Node 20. */
const PIECE_BYTES = 2 ** 30;

function readValues(file: number, { buffer, byteOffset, byteLength }: NpyData, position: number): void {
  for (let done = 0; done < byteLength; done += PIECE_BYTES) {
    const piece = new Uint8Array(buffer, byteOffset + done, Math.min(PIECE_BYTES, byteLength - done));
    readFullySync(file, piece, position + done);
  }
}

/** Writes rows one after the other; what is there can be gone on with after an interruption. */
export class NpyWriter<T extends NpyData> {
  /** Rows written so far. */
  rows = 0;

  private constructor(
    private readonly file: FileHandle,
    private readonly path: string,
    private readonly type: NpyType,
    private readonly columns: number,
  ) {}

  /**
   * Opens `path`, which holds whatever an earlier run left, or nothing.
   *
   * @param keepRows how many of the rows that are there may be kept, given their number
   */
  static async open<K extends NpyType>(
    path: string,
    type: K,
    columns: number,
    keepRows: (rows: number) => number = () => 0,
  ): Promise<NpyWriter<NpyDataOf<K>>> {
    const file = await openUnfinished(path);
    const rowBytes = columns * NPY_TYPES[type].BYTES_PER_ELEMENT;
    const { size } = await file.stat();
    const present = Math.max(0, Math.floor((size - HEADER_BYTES) / rowBytes));
    const rows = Math.min(present, keepRows(present));
    await file.truncate(HEADER_BYTES + rows * rowBytes);
    const writer = new NpyWriter<NpyDataOf<K>>(file, path, type, columns);
    writer.rows = rows;
    return writer;
  }

  async append(values: T): Promise<void> {
    const rowBytes = this.columns * values.BYTES_PER_ELEMENT;
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    await writeFully(this.file, bytes, HEADER_BYTES + this.rows * rowBytes);
    this.rows += values.length / this.columns;
  }

  /** Rows that were written, from `start` up to `end`. */
  async read(start: number, end: number): Promise<T> {
    const values = new NPY_TYPES[this.type]((end - start) * this.columns) as T;
    const position = HEADER_BYTES + start * this.columns * values.BYTES_PER_ELEMENT;
    await readFully(this.file, new Uint8Array(values.buffer), position);
    return values;
  }

  /** Fills in the row count and gives the file its name. */
  async finish(name: string): Promise<void> {
    const shape = this.columns === 1 ? [this.rows] : [this.rows, this.columns];
    await writeFully(this.file, encodeNpyHeader(this.type, shape), 0);
    await nameUnfinished(this.file, this.path, name);
  }

  /** Leaves what is there for a later run. */
  async close(): Promise<void> {
    await this.file.close();
  }
}

/** Writes an array of one column, whole under its name or not at all. */
export async function writeColumn<K extends NpyType>(
  path: string,
  type: K,
  values: NpyDataOf<K>,
): Promise<void> {
  const writer = await NpyWriter.open(temporaryPath(path), type, 1);
  await writer.append(values);
  await writer.finish(path);
}
