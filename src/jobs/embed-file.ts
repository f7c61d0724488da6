import { createHash } from "node:crypto";
import { basename, dirname, join, relative, resolve } from "node:path";
import { embed, lineWindows, WINDOW } from "../embed/embed.js";
import { meanOfRows } from "../embed/mean.js";
import { type EncoderOptions, openEncoder } from "../embed/open-encoder.js";
import { InputError, ModelError } from "../errors.js";
import type { Input, ReadOptions } from "../read/input.js";
import { readSentences } from "../read/read-sentences.js";
import type { VectorType } from "../store/number-types.js";
import { explainWriteError } from "../store/output-error.js";
import { TypedRows } from "../store/typed-rows.js";
import { writeVectorsInfo } from "../store/vectors-file.js";
import type { Encoder } from "../types.js";
import type { JobEvent } from "./events.js";
import { describeNotFinite } from "./reject-vector.js";
import { readingKey } from "./side.js";
import { hashFile, nameOf } from "./text-source.js";

export interface EmbedFileOptions extends EncoderOptions {
  /** A folder in Hugging Face layout, or an encoder that needs no fitting. */
  encoder: string | Encoder;
  read?: ReadOptions;
  /** How numbers are stored: `float16` halves the file, `int8` quarters it. @default "float32" */
  type?: VectorType;
  signal?: AbortSignal;
  onEvent?: (event: JobEvent) => void;
}

export interface EmbedFileSummary {
  rows: number;
  /** Rows that an interrupted run had left. */
  kept: number;
  dimensions: number;
  space: string;
  /** The least cosine between a vector and what is stored of it, among the rows of this run; 1 for `float32`. */
  leastCosine: number;
}

/**
 * Embeds a text into a .npy file, one row a line; blank lines are rows of zeros. A description stands beside it, which
 * tells the encoder and the text, so that `mine` can take the file in place of both.
 *
 * A run over a file that was interrupted goes on at its last whole window. Memory: that of a window.
 *
 * @throws InputError, ModelError; the signal's reason when it aborts
 */
export async function embedFile(
  source: Input,
  output: string,
  options: EmbedFileOptions,
): Promise<EmbedFileSummary> {
  const { read = {}, type = "float32", signal, onEvent = () => {} } = options;
  const name = nameOf(source, "text", read.name);
  const encoder = await openWithoutFit(options);
  const { space, dimensions } = encoder;
  const text = typeof source === "string" ? await describeText(source, output, read, signal) : undefined;
  // What a stream left can't be gone on with: nobody knows whether the next one begins alike.
  const rows = await TypedRows.open(
    partFor(output, { space, type, text }),
    type,
    dimensions,
    text ? WINDOW : Infinity,
  );
  const kept = rows.rows;
  try {
    const batches = readSentences(source, { ...read, name, signal });
    await embed(lineWindows(batches, kept), encoder, rows, {
      signal,
      reject: (row) => new InputError({ path: name, line: row + 1 }, describeNotFinite(space)),
      onProgress: (done) => onEvent({ kind: "progress", stage: "embed", done, unit: "lines" }),
    });
    if (rows.rows === 0) throw new InputError({ path: name }, "is empty; expected sentences.");
    const mean = await meanOfRows(rows, dimensions);
    await rows.finish(output);
    await writeVectorsInfo(output, { space, dimensions, rows: rows.rows, mean, text });
    return { rows: rows.rows, kept, dimensions, space, leastCosine: rows.leastCosine };
  } catch (error) {
    await rows.close();
    throw explainWriteError(error, output);
  } finally {
    if (typeof options.encoder === "string") await encoder.close?.();
  }
}

async function openWithoutFit({ encoder: given, ...options }: EmbedFileOptions): Promise<Encoder> {
  const encoder = typeof given === "object" ? given : await openEncoder(given, options);
  if (!encoder.fit) return encoder;
  throw new ModelError(
    `The encoder ${encoder.space} is fitted on both sides together, so one side cannot be embedded alone. Give --encoder a folder, or mine the texts directly.`,
  );
}

async function describeText(source: string, output: string, read: ReadOptions, signal?: AbortSignal) {
  const path = relative(dirname(resolve(output)), resolve(source));
  return { path, hash: await hashFile(source, signal), read: readingKey(read) };
}

/** A name for unfinished work that only the same work gives again. */
function partFor(output: string, work: unknown): string {
  const hash = createHash("sha256").update(JSON.stringify(work)).digest("hex").slice(0, 16);
  return join(dirname(output), `.${basename(output)}.${hash}.part`);
}
