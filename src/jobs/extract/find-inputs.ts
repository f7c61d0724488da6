import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { InputError, OptionError } from "../../errors.js";
import type { Input } from "../../read/input.js";
import { readSentences } from "../../read/read-sentences.js";
import { identify } from "../../steps/texts/identify.js";
import { type FileState, noteState } from "../../store/files/file-state.js";
import { isPipe } from "../../store/files/is-pipe.js";
import { temporaryPath } from "../../store/files/whole-file.js";
import type { Key } from "../../store/run/manifest.js";
import { option, say } from "../../wording.js";
import { addCounts } from "./counts.js";
import { type FolderFiles, findInFolder } from "./find-in-folder.js";
import type { ExtractOptions } from "./options.js";

/** A file to be read. */
export interface ExtractInput {
  /** What its user calls it. */
  name: string;
  path: string;
  /**
   * What shows whether it has changed: size and time for a file, since a dump is too large to be read just for that;
   * the hash for a stream.
   */
  identity: Key;
  /** What a file was when it was found. */
  state?: FileState;
}

/** The files to read; copies of streams are removed when it is disposed of. */
export interface ExtractInputs extends AsyncDisposable {
  files: ExtractInput[];
  /** How many files of folders are not read, by kind. */
  leftOut: Record<string, number>;
}

/**
 * The files that the inputs name: themselves, those of folders in the order of their paths, and those of a list. A file
 * named twice is read once.
 *
 * @param output the folder to be written, which is not an input though it may lie in one; a stream is copied there, so
 * that it can be recognised
 * @throws OptionError if there is nothing to read; InputError for a folder without a known file, or if nothing of what
 * is named is there
 */
export async function findInputs(
  given: readonly Input[],
  { filesFrom, format, preset, signal }: Pick<ExtractOptions, "filesFrom" | "format" | "preset" | "signal">,
  output: string,
): Promise<ExtractInputs> {
  const spool = temporaryPath(join(output, "stream.spool"));
  const listed = filesFrom === undefined ? [] : await readList(filesFrom, signal);
  const files = new Map<string, ExtractInput>();
  const discards: (() => Promise<void>)[] = [];
  const all = format !== undefined || preset !== undefined;
  const leftOut: Record<string, number> = {};
  for (const input of [...given, ...listed]) {
    if (typeof input !== "string" || (await isPipe(input))) {
      if (discards.length > 0)
        throw new OptionError("More than one input is a stream.", {
          advice: "Give all but one of them as files.",
        });
      const { path, hash, discard } = await identify(input, spool, signal);
      discards.push(discard);
      const name = typeof input === "string" ? input : "standard input";
      files.set(spool, { name, path, identity: { hash } });
      continue;
    }
    const inIt = await filesOf(input, all, output);
    addCounts(leftOut, inIt.leftOut);
    for (const path of inIt.taken) {
      const found = await stat(path).catch(() => undefined);
      const identity = { bytes: found?.size, modified: found?.mtime.toISOString() };
      const state = await noteState(path);
      if (!files.has(resolve(path))) files.set(resolve(path), { name: path, path, identity, state });
    }
  }
  if (files.size === 0)
    throw new OptionError("There is nothing to read.", { advice: "Name files, folders or a list of them." });
  refuseMissing([...files.values()]);
  return {
    files: [...files.values()],
    leftOut,
    [Symbol.asyncDispose]: async () => {
      for (const discard of discards) await discard();
    },
  };
}

/** A file that is not there is skipped beside others, but not alone. */
function refuseMissing(files: readonly ExtractInput[]): void {
  const [first, ...others] = files;
  if (files.some(({ path, state }) => state !== undefined || existsSync(path))) return;
  const rest = others.length === 0 ? "" : `; nor is any other there that is named (${others.length})`;
  throw new InputError({ path: first.name }, `no such file or folder${rest}.`);
}

async function filesOf(path: string, all: boolean, output: string): Promise<FolderFiles> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) return { taken: [path], leftOut: {} };
  const files = await findInFolder(path, all, output);
  if (files.taken.length > 0) return files;
  throw new InputError(
    { path },
    "is a folder without a file that ends in .warc, .wet, .arc, .jsonl, .json or .txt, compressed or not, or .parquet.",
    { advice: say`Name its files, or pass ${option("format")}.` },
  );
}

async function readList(list: Input, signal?: AbortSignal): Promise<string[]> {
  const paths: string[] = [];
  for await (const batch of readSentences(list, { format: "text", signal }))
    for (const { text } of batch) if (text.trim() !== "") paths.push(text.trim());
  return paths;
}
