import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { orAborted } from "../flow/or-aborted.js";
import { explainWriteError } from "../store/output-error.js";
import { findOutput } from "../store/output-path.js";
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
  const { path, special } = await findOutput(output);
  const part = special ? path : temporaryName(path);
  const items = chunks(texts);
  try {
    // What cannot begin leaves no file.
    const first = await items.next();
    const file = createWriteStream(part, { flush: !special });
    if (compress) await pipeline(resume(first, items), compress, file, { signal });
    else await pipeline(resume(first, items), file, { signal });
    if (!special) await rename(part, path);
  } catch (error) {
    if (!special) await rm(part, { force: true });
    throw explainWriteError(error, output);
  } finally {
    await items.return(undefined);
  }
}

async function* resume<T>(first: IteratorResult<T>, rest: AsyncIterable<T>): AsyncGenerator<T> {
  if (!first.done) yield first.value;
  yield* rest;
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
    output.write(chunk, (error) => (error ? reject(explainStreamError(error)) : resolve()));
  });
}

/** A reader that went away is the caller's affair; anything else is told. */
function explainStreamError(error: NodeJS.ErrnoException): unknown {
  return error.code === "EPIPE" ? error : explainWriteError(error, "standard output");
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

function temporaryName(path: string): string {
  const unique = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
  return join(dirname(path), `.${basename(path)}.${unique}.part`);
}
