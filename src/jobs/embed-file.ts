import { rm } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import type { OptionNames } from "../check-options.js";
import { refuseUnknown } from "../check-options.js";
import type { EmbedOptions, VectorSink } from "../embed/embed.js";
import { embed, lineWindows, WINDOW } from "../embed/embed.js";
import { meanOfRows } from "../embed/mean.js";
import type { EncoderOptions } from "../embed/open-encoder.js";
import { ENCODER_OPTIONS } from "../embed/open-encoder.js";
import { InputError, OptionError, OutputError } from "../errors.js";
import { reportFaults } from "../read/faults.js";
import type { ReadOptions, TextSource } from "../read/input.js";
import { Skips } from "../steps/bitexts/skips.js";
import { refuseUnusedReading } from "../steps/texts/check-reading.js";
import {
  checkForeign,
  checkSpaceName,
  FOREIGN_OPTIONS,
  type ForeignOptions,
} from "../steps/texts/foreign-options.js";
import { identifyFile, isPipe } from "../steps/texts/identify.js";
import { partsOf } from "../steps/texts/parts.js";
import { readText } from "../steps/texts/read-text.js";
import { readingKey } from "../steps/texts/side.js";
import { nameText, type SideText } from "../steps/texts/source-kind.js";
import { holdUnfitted } from "../steps/vectors/hold-encoder.js";
import { type ImportHooks, openForeignRows } from "../steps/vectors/import-rows.js";
import { notFinite } from "../steps/vectors/reject-vector.js";
import type { VectorType } from "../store/arrays/number-types.js";
import { TypedRows } from "../store/arrays/typed-rows.js";
import { infoPath, type VectorsInfo, writeVectorsInfo } from "../store/arrays/vectors-file.js";
import { suffixOfFile } from "../store/files/file-name.js";
import type { FileState } from "../store/files/file-state.js";
import { holdOutput } from "../store/files/hold-output.js";
import { explainWriteError } from "../store/files/output-error.js";
import { findOutput, refuseInputs } from "../store/files/output-path.js";
import { refuseOthersJson } from "../store/files/refuse-others-json.js";
import { claimUnfinished } from "../store/files/unfinished.js";
import { LineNotes } from "../store/hashes/known-lines.js";
import type { Encoder } from "../types/encoder.js";
import type { Sentence } from "../types/texts.js";
import { note, warning } from "../wording.js";

/** How a text is read, embedded and stored. */
export interface EmbedFileOptions extends EncoderOptions, Omit<ForeignOptions, "dimensions" | "space"> {
  /**
   * What the vectors' space is called: only vectors of one space are compared. Encoders that share one, such as LASER2
   * and LASER3, need a name for it. @default the encoder's own
   */
  space?: string;
  /** Vectors that another program made of the text, a row a line, in place of an encoder: a `.npy` and whatever else `mine` takes. */
  from?: string;
  /** `builtin`, a folder in Hugging Face or Model2Vec layout, a name of the hub, or an encoder that needs no fitting. @default "builtin" */
  encoder?: string | Encoder;
  /** How the text is read. */
  read?: ReadOptions;
  /** How numbers are stored: `float16` halves the file, `int8` quarters it. @default "float32" */
  type?: VectorType;
}

/** The names of `EmbedFileOptions`. */
export const EMBED_FILE_OPTIONS: OptionNames<EmbedFileOptions> = {
  ...ENCODER_OPTIONS,
  ...FOREIGN_OPTIONS,
  from: true,
  encoder: true,
  read: true,
  type: true,
};

/** The file of vectors that was made. */
export interface EmbedFileSummary {
  /** Rows of the file, one a line of the text. */
  rows: number;
  /** Rows that an interrupted run had left. */
  kept: number;
  /** Lines left out because of an error, or because the encoder gives them no vector; their rows are zeros. */
  skipped: number;
  /** Lines cut because they are too long for the encoder, among the rows of this run. */
  truncated: number;
  /** Numbers of a row. */
  dimensions: number;
  /** The vectors' space: those of the same one can be compared. */
  space: string;
  /** The least cosine between a vector and what is stored of it, among the rows of this run; 1 for `float32`. */
  leastCosine: number;
}

/**
 * Embeds a text into a .npy file, one row a line; blank lines are rows of zeros. A description stands beside it, which
 * tells the encoder and the text, so that `mine` can take the file in place of both, and which lines are the same, so that
 * `searchTile` needs no text.
 *
 * A run over a file that was interrupted goes on at its last whole window. Memory: that of a window, and 17 to 34 bytes for each distinct line of up to 16 million.
 *
 * With `from` the vectors are not made, but taken from a file of another program, and described.
 *
 * @param source a text as `mine` takes it; a record's row is that of its `line`, if it has one
 * @throws OptionError, InputError, ModelError, OutputError; the signal's reason when it aborts
 */
export async function embedFile(
  source: TextSource,
  output: string,
  options: EmbedFileOptions = {},
): Promise<EmbedFileSummary> {
  refuseUnknown("embedFile", options, EMBED_FILE_OPTIONS);
  const text = nameText(source, "the text", options.read);
  refuseUnusedReading([text]);
  checkSpaceName(options.space);
  if (options.from === undefined) checkForeign([], { ...options, space: undefined });
  const suffix = suffixOfFile(output);
  if (suffix !== undefined && suffix !== "npy")
    throw new OptionError(`${output}: its name says .${suffix}, but vectors are written for NumPy.`, {
      advice: "Name it .npy.",
    });
  const { path, special } = await findOutput(output);
  if (special)
    throw new OutputError(`${output}: is a device or a pipe; expected a file, which can be read again.`);
  const inputs = options.from === undefined ? [source] : [source, ...partsOf(options.from)];
  await refuseInputs(path, inputs);
  await refuseOthersJson(infoPath(path), ({ space }) => typeof space === "string", inputs);
  await using _held = await holdOutput(path, output);
  try {
    return await embedInto(path, text, options);
  } catch (error) {
    throw explainWriteError(error, output);
  }
}

async function embedInto(path: string, text: SideText, options: EmbedFileOptions): Promise<EmbedFileSummary> {
  const { type = "float32", signal, onEvent = () => {} } = options;
  await using vectors = await openLineVectors(options);
  const { space, dimensions, blocks, centre, task, prompt, description, from } = vectors;
  if (description) onEvent(note(description));
  const { described, state } = await describeText(text, path, signal);
  await using output = await openRows(path, dimensions, { space, task, prompt, type, text: described, from });
  const { space: named = space } = options;
  const { rows } = output;
  const kept = rows.rows;
  let truncated = 0;
  const skips = new Skips(onEvent);
  const { name } = text;
  const report = reportFaults({ onError: text.read.onError, onSkip: skips.onSkip });
  const batches = readText({ ...text, state }, { signal, onSkip: skips.onSkip, onNote: onEvent });
  const notes = await LineNotes.create();
  await vectors.fill(lineWindows(noted(ascending(batches, name), notes), kept), rows, {
    name,
    signal,
    report,
    onTruncated: (count) => {
      truncated += count;
    },
    onProgress: (done) => onEvent({ kind: "progress", stage: "embed", done, unit: "lines" }),
  });
  if (rows.rows === 0) onEvent(warning(`${name}: is empty; expected sentences.`));
  const mean = await meanOfRows(rows, dimensions, blocks);
  // Vectors without a description are refused; with the description of others they would pass.
  await rm(infoPath(path), { force: true });
  await rows.finish(path);
  await writeVectorsInfo(path, {
    space: named,
    task,
    prompt,
    dimensions,
    blocks,
    centre,
    rows: rows.rows,
    mean,
    text: described,
    sentences: notes.finish(),
  });
  return {
    rows: rows.rows,
    kept,
    skipped: skips.count,
    truncated,
    dimensions,
    space: named,
    leastCosine: rows.leastCosine,
  };
}

/** What gives lines their vectors: an encoder, or a file that another program made. */
interface LineVectors
  extends Pick<Encoder, "space" | "dimensions" | "blocks" | "centre" | "description">,
    AsyncDisposable {
  task?: string;
  prompt?: string;
  /** SHA-256 of the file. */
  from?: string;
  fill(
    windows: AsyncIterable<string[]>,
    sink: VectorSink,
    hooks: ImportHooks & Pick<EmbedOptions, "onTruncated">,
  ): Promise<void>;
}

async function openLineVectors(options: EmbedFileOptions): Promise<LineVectors> {
  const { from, encoder: given } = options;
  if (from !== undefined) {
    const { space, dimensions, hash, fill } = await openForeignRows(from, options);
    return { space, dimensions, from: hash, fill, [Symbol.asyncDispose]: async () => {} };
  }
  const { encoder, ...held } = await holdUnfitted(given, options);
  const { space, dimensions, blocks, centre, description } = encoder;
  return {
    space,
    dimensions,
    blocks,
    centre,
    description,
    task: encoder.tasks?.source,
    prompt: encoder.prompts?.source,
    fill: (windows, sink, { name, report, ...hooks }) => {
      const onNotFinite = (row: number) => report(notFinite({ path: name, line: row + 1 }, space));
      return embed(windows, encoder, sink, { ...hooks, onNotFinite });
    },
    [Symbol.asyncDispose]: held[Symbol.asyncDispose],
  };
}

/** The same sentences, noted as they pass. */
async function* noted(batches: AsyncIterable<Sentence[]>, notes: LineNotes): AsyncGenerator<Sentence[]> {
  for await (const batch of batches) {
    for (const { text, line } of batch) notes.add(text, line);
    yield batch;
  }
}

/** The same sentences; a row has its place by its line, so none may stand before another that has come. */
async function* ascending(batches: AsyncIterable<Sentence[]>, path: string): AsyncGenerator<Sentence[]> {
  let last = 0;
  for await (const batch of batches) {
    for (const { line } of batch) {
      if (line <= last)
        throw new InputError(
          { path, line },
          `comes after line ${last}; expected records in the order of their lines.`,
          { advice: "Leave line out of the records: they are then numbered as they come." },
        );
      last = line;
    }
    yield batch;
  }
}

/** What is told of a text that can be read again; nothing of a stream, a pipe or sentences in memory. */
async function describeText(
  { source, name, read }: SideText,
  output: string,
  signal?: AbortSignal,
): Promise<{ described?: VectorsInfo["text"]; state?: FileState }> {
  if (typeof source !== "string" || (await isPipe(source))) return {};
  const path = relative(dirname(resolve(output)), resolve(source));
  const { hash, state } = await identifyFile(source, { name, signal });
  return { described: { path, hash, read: readingKey(read) }, state };
}

/** All that the rows depend on. */
interface Work {
  space: string;
  task?: string;
  prompt?: string;
  type: VectorType;
  text?: VectorsInfo["text"];
  /** SHA-256 of the file that the vectors come from. */
  from?: string;
}

/** Rows beside the output. What an interrupted run over a file had embedded is gone on with, in whole windows. */
async function openRows(
  path: string,
  dimensions: number,
  work: Work,
): Promise<{ rows: TypedRows } & AsyncDisposable> {
  const unfinished = await claimUnfinished(path, work);
  // A stream cannot be resumed: nobody knows whether the next one begins the same.
  const window = work.text ? WINDOW : Number.POSITIVE_INFINITY;
  const rows = await TypedRows.open(unfinished, work.type, dimensions, window);
  const close = async () => {
    await rows.close();
    if (rows.rows < window) await rm(unfinished, { force: true });
  };
  return { rows, [Symbol.asyncDispose]: close };
}
