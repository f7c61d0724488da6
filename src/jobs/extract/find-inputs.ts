import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { InputError, OptionError } from "../../errors.js";
import type { Input } from "../../read/input.js";
import { readSentences } from "../../read/read-sentences.js";
import { identify, isPipe } from "../../steps/texts/identify.js";
import { type FileState, noteState } from "../../store/files/file-state.js";
import { isInside } from "../../store/files/is-inside.js";
import { temporaryPath } from "../../store/files/whole-file.js";
import type { Key } from "../../store/run/manifest.js";
import { option, say } from "../../wording.js";
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
}

/** Which files of a folder are taken where nothing says how to read them. */
const KNOWN = /\.(warc|wet|arc|jsonl|ndjson|json|txt)(\.(gz|zst|xz|bz2))?$|\.parquet$/i;

/**
 * The files that the inputs name: themselves, those of folders in the order of their paths, and those of a list. A file
 * named twice is read once.
 *
 * @param output the folder to be written, which is not an input though it may lie in one; a stream is copied there, so
 * that it can be recognised
 * @throws OptionError if there is nothing to read; InputError for a folder without a known file
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
  const known = format === undefined && preset === undefined ? KNOWN : /./;
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
    for (const path of await filesOf(input, known, output)) {
      const found = await stat(path).catch(() => undefined);
      const identity = { bytes: found?.size, modified: found?.mtime.toISOString() };
      const state = await noteState(path);
      if (!files.has(resolve(path))) files.set(resolve(path), { name: path, path, identity, state });
    }
  }
  if (files.size === 0)
    throw new OptionError("There is nothing to read.", { advice: "Name files, folders or a list of them." });
  return {
    files: [...files.values()],
    [Symbol.asyncDispose]: async () => {
      for (const discard of discards) await discard();
    },
  };
}

async function filesOf(path: string, known: RegExp, output: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) return [path];
  const names: string[] = [];
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch((cause) => {
    throw new InputError({ path }, `cannot be read with all its folders: ${cause.code}.`, { cause });
  });
  for (const entry of entries) {
    const name = join(entry.parentPath, entry.name);
    if (entry.name.startsWith(".") || !known.test(entry.name)) continue;
    if (isInside(resolve(name), resolve(output))) continue;
    if (entry.isFile() || (entry.isSymbolicLink() && (await leadsToFile(name)))) names.push(name);
  }
  if (names.length > 0) return names.sort();
  throw new InputError(
    { path },
    "is a folder without a file that ends in .warc, .wet, .arc, .jsonl, .json or .txt, compressed or not, or .parquet.",
    { advice: say`Name its files, or pass ${option("format")}.` },
  );
}

/** A broken link counts as a file: that it cannot be read is reported as for any file. */
async function leadsToFile(link: string): Promise<boolean> {
  const found = await stat(link).catch(() => undefined);
  return found === undefined || found.isFile();
}

async function readList(list: Input, signal?: AbortSignal): Promise<string[]> {
  const paths: string[] = [];
  for await (const batch of readSentences(list, { format: "text", signal }))
    for (const { text } of batch) if (text.trim() !== "") paths.push(text.trim());
  return paths;
}
