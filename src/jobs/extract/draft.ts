import { existsSync } from "node:fs";
import { type FileHandle, rename, rm } from "node:fs/promises";
import { basename } from "node:path";
import { NpyWriter } from "../../store/arrays/npy-file.js";
import { checkFacts, readFacts, type SummedFiles, writeFacts } from "../../store/files/facts-file.js";
import { openNew } from "../../store/files/part.js";
import { temporaryPath } from "../../store/files/whole-file.js";

/** What a draft tells of a line. */
export interface DraftRow {
  /** The document it is of, by the number that `addDocument` gave. */
  document: number;
  /** A number of the caller's: which output it would go to. */
  group: number;
  /** Its length in UTF-8. */
  bytes: number;
}

/** The document of a line that is of none with keys. */
export const NO_DOCUMENT = 0xffffffff;

/** Numbers a row. */
export const ROW_COLUMNS = 3;

const HELD_BYTES = 2 ** 18;
/** Most bytes of a UTF-16 unit in UTF-8. */
const UNIT_BYTES = 3;

/**
 * Writes lines whose place in the output is not decided yet, since it depends on other drafts: `PATH.lines`, a row and
 * a hash for each line, and the documents' keys; `PATH.json` comes last and makes the draft count as whole.
 */
export class DraftWriter {
  private held = Buffer.allocUnsafe(2 * HELD_BYTES);
  private heldBytes = 0;
  private rows: number[] = [];
  private hashes: bigint[] = [];
  private documents: NpyWriter<Uint32Array> | undefined;

  private constructor(
    private readonly path: string,
    private readonly lines: FileHandle,
    private readonly rowsFile: NpyWriter<Uint32Array>,
    private readonly hashesFile: NpyWriter<Uint32Array>,
  ) {}

  static async open(path: string): Promise<DraftWriter> {
    const { lines, rows, hashes } = draftFiles(path);
    return new DraftWriter(
      path,
      await openNew(temporaryPath(lines)),
      await NpyWriter.open(temporaryPath(rows), "<u4", ROW_COLUMNS),
      await NpyWriter.open(temporaryPath(hashes), "<u4", 2),
    );
  }

  /** Adds the keys of the next document, the same number as the first has; returns its number. */
  async addDocument(keys: BigUint64Array): Promise<number> {
    if (keys.length === 0) return NO_DOCUMENT;
    const { keys: path } = draftFiles(this.path);
    this.documents ??= await NpyWriter.open(temporaryPath(path), "<u4", 2 * keys.length);
    await this.documents.append(asNumbers(keys));
    return this.documents.rows - 1;
  }

  /** Adds a line; `flush` is to be called now and then. */
  addLine(line: string, document: number, group: number, hash: bigint): void {
    this.makeRoom(UNIT_BYTES * line.length);
    const bytes = this.held.write(line, this.heldBytes);
    this.heldBytes += bytes;
    this.rows.push(document, group, bytes);
    this.hashes.push(hash);
  }

  /** Writes what is held, once that is much. */
  async flush(least = HELD_BYTES): Promise<void> {
    if (this.heldBytes < least) return;
    await this.lines.writeFile(this.held.subarray(0, this.heldBytes));
    await this.rowsFile.append(Uint32Array.from(this.rows));
    await this.hashesFile.append(asNumbers(BigUint64Array.from(this.hashes)));
    this.heldBytes = 0;
    this.rows = [];
    this.hashes = [];
  }

  private makeRoom(bytes: number): void {
    const needed = this.heldBytes + bytes;
    if (needed <= this.held.length) return;
    const larger = Buffer.allocUnsafe(2 * needed);
    this.held.copy(larger, 0, 0, this.heldBytes);
    this.held = larger;
  }

  /** Gives the files their names. @param info what else is to be known, as JSON */
  async finish(info: object): Promise<void> {
    const { lines, rows, hashes, keys, json } = draftFiles(this.path);
    await this.flush(0);
    await this.lines.sync();
    await this.lines.close();
    await rename(temporaryPath(lines), lines);
    await this.rowsFile.finish(rows);
    await this.hashesFile.finish(hashes);
    await this.documents?.finish(keys);
    const beside = [lines, rows, hashes, keys].map((path) => basename(path));
    await writeFacts(json, info, { beside });
  }

  /** Removes what has been written. */
  async discard(): Promise<void> {
    for (const file of [this.lines, this.rowsFile, this.hashesFile, this.documents])
      await file?.close().catch(() => {});
    for (const path of Object.values(draftFiles(this.path))) await rm(temporaryPath(path), { force: true });
  }
}

/** Whether a draft is there, and whole. */
export function hasDraft(path: string): boolean {
  return existsSync(draftFiles(path).json);
}

/** @throws InputError if it cannot be read, or is not as it was written */
export async function readDraftInfo<T extends object>(path: string): Promise<T> {
  const { files: _, ...info } = await readFacts<T>(draftFiles(path).json, ADVICE);
  return info as T;
}

/** @throws InputError that names the first file of a draft that is not as it was written */
export async function checkDraft(path: string): Promise<void> {
  const { json } = draftFiles(path);
  await checkFacts(json, await readFacts<SummedFiles>(json, ADVICE), ADVICE);
}

const ADVICE = "Remove it, and run the command again.";

/** The files of a draft; the first is that by which it counts. */
export function draftFiles(path: string) {
  return {
    json: `${path}.json`,
    lines: `${path}.lines`,
    rows: `${path}.rows.npy`,
    hashes: `${path}.hashes.npy`,
    keys: `${path}.keys.npy`,
  };
}

/** 64 bits are two numbers of 32, the lower one first, as the machine has them. */
function asNumbers(values: BigUint64Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
}
