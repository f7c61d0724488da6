import { InputError } from "../../errors.js";
import { explainUnreadable } from "../../store/files/unreadable.js";
import { option, say } from "../../wording.js";
import { openParquet, type ParquetFile } from "./open-parquet.js";

/** @throws InputError if it is no Parquet, has lost its index, or is compressed by what is not read */
export async function openNamed(file: string, path: string): Promise<ParquetFile> {
  const opened = await openAny(file, path);
  const { unreadCodecs } = opened;
  if (unreadCodecs.length === 0) return opened;
  await opened[Symbol.asyncDispose]();
  throw new InputError(
    { path },
    `is compressed by ${unreadCodecs.join(", ")}; expected snappy, gzip, zstd or brotli.`,
    { advice: 'Write it again with one of these (pyarrow: compression="zstd").' },
  );
}

async function openAny(file: string, path: string): Promise<ParquetFile> {
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

/** What becomes of a row group; groups are numbered from 0, and rows from 1. */
export function describeUnread(
  { group, first, to }: { group: number; first: number; to: number },
  cause: unknown,
): string {
  return `row group ${group + 1}, rows ${first} to ${to}, cannot be read${reasonOf(cause)}.`;
}

/** What the library says, where it does not only stumble over bytes that mean nothing. */
function reasonOf(cause: unknown): string {
  const { name, message } = cause as Error;
  return name === "Error" && !/undefined|\bis not\b/.test(message) ? ` (${message})` : "";
}
