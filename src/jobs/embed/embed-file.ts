import { rm } from "node:fs/promises";
import { refuseUnknown } from "../../check-options.js";
import { checkOneOf } from "../../check-values.js";
import { lineWindows } from "../../embed/embed.js";
import { type InputError, OptionError, OutputError } from "../../errors.js";
import { reportFaults } from "../../read/faults.js";
import type { TextSource } from "../../read/input.js";
import { Skips } from "../../steps/bitexts/skips.js";
import { refuseUnusedReading } from "../../steps/texts/check-reading.js";
import { checkForeign, checkSpaceName } from "../../steps/texts/foreign-options.js";
import { identifyFile } from "../../steps/texts/identify.js";
import { partsOf } from "../../steps/texts/parts.js";
import { readText } from "../../steps/texts/read-text.js";
import { nameText, type SideText } from "../../steps/texts/source-kind.js";
import { type BlockSums, sumBlocks } from "../../store/arrays/block-sums.js";
import { openNpy } from "../../store/arrays/npy-file.js";
import { VECTOR_TYPES } from "../../store/arrays/number-types.js";
import { infoPath, writeSealedInfo } from "../../store/arrays/vectors-file.js";
import { openSum } from "../../store/files/checksum.js";
import { suffixOfFile } from "../../store/files/file-name.js";
import { holdOutput } from "../../store/files/hold-output.js";
import { explainWriteError } from "../../store/files/output-error.js";
import { findOutput } from "../../store/files/output-path.js";
import { refuseOthersJson } from "../../store/files/refuse-others-json.js";
import { LineNotes } from "../../store/hashes/known-lines.js";
import { refuseClashes } from "../../store/run/refuse-clashes.js";
import { note, warning } from "../../wording.js";
import { openLineVectors } from "./line-vectors.js";
import { ascending, cutPart, noted } from "./lines.js";
import { describeText, openRows } from "./open-rows.js";
import { checkPart, EMBED_FILE_OPTIONS, type EmbedFileOptions } from "./options.js";
import { sumRows } from "./sum-rows.js";

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
 * A run over a file that was interrupted goes on at its last whole window. Memory: that of a window, and 17 to 34 bytes for each distinct line of up to 16.7 million,
 * with `part` of up to 268 million.
 *
 * With `part` several machines embed a text: its vectors are then several files, which are given in place of one.
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
  if (options.type !== undefined) checkOneOf("type", options.type, VECTOR_TYPES);
  await checkPart(source, options);
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
  await refuseClashes([output], inputs);
  await refuseOthersJson(infoPath(path), ({ space }) => typeof space === "string", inputs);
  await using _held = await holdOutput(path, output);
  try {
    return await embedInto(path, text, options);
  } catch (error) {
    throw explainWriteError(error, output);
  }
}

async function sumOf(path: string): Promise<BlockSums> {
  using file = openNpy(path);
  return sumBlocks(file, await openSum());
}

async function embedInto(path: string, text: SideText, options: EmbedFileOptions): Promise<EmbedFileSummary> {
  const { type = "float32", signal, onEvent = () => {} } = options;
  await using vectors = await openLineVectors(options);
  const { space, dimensions, blocks, centre, task, prompt, language, description, from } = vectors;
  if (description) onEvent(note(description));
  const { described, state } = await describeText(text, path, signal);
  const read = { ...text, state };
  const cut = options.part && (await cutPart(read, options.part, signal));
  const { part, first = 0, end = Number.POSITIVE_INFINITY } = cut ?? {};
  const work = { space, task, prompt, language, type, text: described, from, part: options.part };
  await using output = await openRows(path, dimensions, work);
  const { space: named = space } = options;
  const { rows } = output;
  const kept = rows.rows;
  let truncated = 0;
  const skips = new Skips(onEvent);
  const onSkip = (error: InputError) => {
    const { line = first + 1 } = error.place;
    if (first < line && line <= end) skips.onSkip(error);
  };
  const { name } = text;
  const report = reportFaults({ onError: text.read.onError, onSkip });
  const batches = ascending(readText(read, { signal, onSkip, onNote: onEvent }), name);
  const notes = cut ? undefined : await LineNotes.create();
  const windows = lineWindows(notes ? noted(batches, notes) : batches, first + kept, end);
  await vectors.fill(windows, rows, {
    name,
    first,
    signal,
    report,
    onTruncated: (count) => {
      truncated += count;
    },
    onProgress: (done) => onEvent({ kind: "progress", stage: "embed", done, unit: "lines" }),
  });
  if (rows.rows === 0 && !part?.rows) onEvent(warning(`${name}: is empty; expected sentences.`));
  const sentences = cut ? cut.sentences : notes?.finish();
  const { mean, distinct } = await sumRows(rows, { dimensions, blocks }, sentences);
  // Vectors without a description are refused; with the description of others they would pass.
  await rm(infoPath(path), { force: true });
  await rows.finish(path);
  const { hash } = await identifyFile(path, { signal });
  await writeSealedInfo(path, {
    space: named,
    task,
    prompt,
    language,
    dimensions,
    blocks,
    centre,
    rows: rows.rows,
    mean,
    text: described,
    part,
    sentences,
    distinct,
    hash,
    sums: await sumOf(path),
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
