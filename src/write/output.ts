import { createWriteStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { OutputError } from "../errors.js";
import { orAborted } from "../flow/or-aborted.js";
import { explainWriteError } from "../store/output-error.js";
import { compressorFor } from "./compress.js";

const CHUNK_CHARACTERS = 64 * 1024;

/**
 * Writes text to a file or a stream, at the pace that it takes it.
 *
 * A file is written beside its name and renamed when it is complete. A device or a named pipe is written directly; a
 * stream stays open.
 */
export async function writeText(
  texts: AsyncIterable<string>,
  output: string | Writable,
  signal?: AbortSignal,
): Promise<void> {
  if (typeof output !== "string") return writeToStream(texts, output, signal);
  const compress = await compressorFor(output);
  const path = (await isSpecial(output)) ? output : temporaryName(output);
  try {
    const started = await startFirst(chunks(texts));
    const file = createWriteStream(path, { flush: path !== output });
    if (compress) await pipeline(started, compress, file, { signal });
    else await pipeline(started, file, { signal });
    if (path !== output) await rename(path, output);
  } catch (error) {
    if (path !== output) await rm(path, { force: true });
    throw explainWriteError(error, output);
  }
}

/** Waits for each write, or for the interruption: a reader that has stopped reading must not hold up a Ctrl-C. */
async function writeToStream(
  texts: AsyncIterable<string>,
  output: Writable,
  signal?: AbortSignal,
): Promise<void> {
  // A failed write rejects below; without a listener its event would end the process.
  output.on("error", () => {});
  for await (const chunk of chunks(texts)) {
    await orAborted(write(output, chunk), signal);
  }
}

function write(output: Writable, chunk: string): Promise<void> {
  return new Promise((resolve, reject) => {
    output.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
}

/** Waits for the first item: what cannot begin leaves no file, and a run makes its folder before its output is opened. */
async function startFirst<T>(items: AsyncGenerator<T>): Promise<AsyncGenerator<T>> {
  const first = await items.next();
  return (async function* () {
    if (!first.done) yield first.value;
    yield* items;
  })();
}

/** Few large writes in place of one a line. */
async function* chunks(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let pending = "";
  for await (const text of texts) {
    pending += text;
    if (pending.length < CHUNK_CHARACTERS) continue;
    yield pending;
    pending = "";
  }
  if (pending !== "") yield pending;
}

async function isSpecial(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory())
    throw new OutputError(`${path}: is a folder; expected the name of a file to write.`);
  return found !== undefined && !found.isFile();
}

function temporaryName(path: string): string {
  const unique = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
  return join(dirname(path), `.${basename(path)}.${unique}.part`);
}
