import { InputError } from "../../errors.js";
import { explainUnreadable } from "../../store/files/unreadable.js";
import { jsonAt } from "../../text/json-text.js";
import { option, say } from "../../wording.js";
import { type Report, SKIP } from "../faults.js";
import type { Input } from "../input.js";
import type { JsonRecord } from "../record.js";
import { jsonOf } from "./json-of.js";
import { openParquet, type ParquetFile } from "./open-parquet.js";

/** A row as an object of JSON, and that as a text. */
export type ParquetRecord = JsonRecord & { text: string };

/**
 * The rows of a file of Parquet as records, a row group at a time, whose memory it costs. A row group that cannot be read is
 * reported, and left out if the report returns.
 *
 * @throws InputError for a stream, or if the file is no Parquet or has lost its index
 */
export async function* readParquet(
  input: Input,
  { path, signal }: { path: string; signal?: AbortSignal },
  report: Report,
): AsyncGenerator<ParquetRecord[]> {
  if (typeof input !== "string")
    throw new InputError({ path }, "is a stream, but Parquet is read from its end: expected a file.", {
      advice: "Save it in a file first.",
    });
  await using file = await open(input, path);
  let from = 0;
  for (const [group, rows] of file.groups.entries()) {
    signal?.throwIfAborted();
    const to = from + rows;
    const first = from + 1;
    const found = await readGroup(file, from, to).catch((cause) => {
      const problem = `row group ${group + 1}, rows ${first} to ${to}, cannot be read${reasonOf(cause)}.`;
      report(
        new InputError({ path }, problem, { advice: say`Fetch the file again, or pass ${SKIP}.`, cause }),
      );
    });
    if (found) yield found.map((row, i) => recordOf(row, first + i, path));
    from = to;
  }
}

async function open(file: string, path: string): Promise<ParquetFile> {
  try {
    return await openParquet(file);
  } catch (cause) {
    const wording = explainUnreadable(path, cause);
    if (wording) throw new InputError({ path }, wording.problem, { advice: wording.advice, cause });
    throw new InputError({ path }, `is no Parquet, or is damaged${reasonOf(cause)}.`, {
      advice: say`Fetch the file again, or name the right ${option("format")}.`,
      cause,
    });
  }
}

async function readGroup(file: ParquetFile, from: number, to: number): Promise<Record<string, unknown>[]> {
  const rows = await file.read(from, to);
  if (rows.length === to - from) return rows;
  throw new Error(`it has ${rows.length} rows of ${to - from}`);
}

/** What the library says, where it does not only stumble over bytes that mean nothing. */
function reasonOf(cause: unknown): string {
  const { name, message } = cause as Error;
  return name === "Error" && !/undefined|\bis not\b/.test(message) ? ` (${message})` : "";
}

/** The row as its JSON is read, so that a whole number is one, not a bigint. */
function recordOf(row: Record<string, unknown>, line: number, path: string): ParquetRecord {
  const text = jsonOf(row);
  return {
    value: JSON.parse(text),
    line,
    text,
    fault: (problem, details) => new InputError({ path }, `row ${line}: ${problem}`, details),
    written: (field, found) => jsonAt(text, field.split("."), found),
  };
}
