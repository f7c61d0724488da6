import { InputError } from "../../errors.js";
import { jsonAt } from "../../text/json-text.js";
import { type Remark, say, warning } from "../../wording.js";
import { type Report, SKIP } from "../faults.js";
import type { Input } from "../input.js";
import type { JsonRecord } from "../record.js";
import { jsonOf, NoText, readHeld, type Unheld } from "./json-of.js";
import { describeUnread, openNamed } from "./open-named.js";
import type { ParquetFile } from "./open-parquet.js";

/** A row as an object of JSON, and that as a text. */
export type ParquetRecord = JsonRecord & { text: string };

/** How a file of Parquet is read. */
export interface ReadParquetOptions {
  /** What messages call it. */
  path: string;
  /** Paths to what is looked for in a row, where the rest of it is not needed. @default all of it */
  fields?: readonly string[];
  /** Called with what a row of JSON cannot hold, once all are read. */
  onNote?: (note: Remark) => void;
  signal?: AbortSignal;
}

/**
 * The rows of a file of Parquet as records, a row group at a time, whose memory it costs. A row group that cannot be read is
 * reported, once for each of its rows, and left out if the report returns.
 *
 * @throws InputError for a stream, or if the file is no Parquet, has lost its index, or is compressed by what is not read
 */
export async function* readParquet(
  input: Input,
  { path, fields, onNote, signal }: ReadParquetOptions,
  report: Report,
): AsyncGenerator<ParquetRecord[]> {
  if (typeof input !== "string")
    throw new InputError({ path }, "is a stream, but Parquet is read from its end: expected a file.", {
      advice: "Save it in a file first.",
    });
  await using file = await openNamed(input, path);
  const columns = fields && columnsOf(file, fields);
  const lost = new Map<Unheld, number>();
  const onLost = (what: Unheld) => lost.set(what, (lost.get(what) ?? 0) + 1);
  let from = 0;
  for (const [group, rows] of file.groups.entries()) {
    signal?.throwIfAborted();
    const to = from + rows;
    const first = from + 1;
    const found = await readGroup(file, { from, to, columns }).catch((cause) => {
      const problem = describeUnread({ group, first, to }, cause);
      const advice = say`Fetch the file again, or pass ${SKIP}.`;
      const error = new InputError({ path }, problem, { advice, cause });
      for (let row = from; row < to; row++) report(error);
    });
    if (found) yield found.map((row, i) => recordOf(row, jsonOf(row, onLost), first + i, path));
    from = to;
  }
  for (const [what, count] of lost) {
    const are = count === 1 ? `1 ${what} is` : `${count} ${what}s are`;
    onNote?.(warning(`${path}: ${are} ${UNHELD[what]}.`));
  }
}

const UNHELD: Record<Unheld, string> = {
  value: "not finite (NaN, infinity); read as null, since JSON has no such numbers",
  time: "more than 100 million days from 1970; read as null, since no calendar goes so far",
  text: "not UTF-8; read as null, since JSON has no other texts",
};

/** The columns in which something may be; all, where none has its name. */
function columnsOf({ columns }: ParquetFile, fields: readonly string[]): readonly string[] | undefined {
  const named = columns.filter((name) => fields.some((field) => `${field}.`.startsWith(`${name}.`)));
  return named.length === 0 ? undefined : named;
}

interface RowRange {
  from: number;
  to: number;
  columns?: readonly string[];
}

async function readGroup(
  file: ParquetFile,
  { from, to, columns }: RowRange,
): Promise<Record<string, unknown>[]> {
  const rows = await file.read(from, to, columns);
  if (rows.length === to - from) return rows;
  throw new Error(`it has ${rows.length} rows of ${to - from}`);
}

/** A row as its JSON is read, so that a whole number is one, not a bigint. */
function recordOf(row: object, text: string, line: number, path: string): ParquetRecord {
  return {
    value: JSON.parse(text),
    line,
    text,
    fault: (problem, details) => new InputError({ path }, `row ${line}: ${problem}`, details),
    written: (field, found) => jsonAt(text, field.split("."), found),
    noText: (field) => describeBytes(readHeld(row, field)),
  };
}

function describeBytes(value: unknown): string | undefined {
  if (value instanceof NoText) return "a text that is not UTF-8";
  if (value instanceof Uint8Array) return "bytes without a type of text (pyarrow: cast it to string)";
  return undefined;
}
