import { rm } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { embed, textWindows, WINDOW } from "../../embed/embed.js";
import { findEncoderFolder } from "../../embed/find-folder.js";
import { readEncoderFolder } from "../../embed/folder/encoder-folder.js";
import { meanOfRows } from "../../embed/mean.js";
import { type EncoderOptions, openEncoder } from "../../embed/open-encoder.js";
import { writeStaticFolder } from "../../embed/static/write-static-folder.js";
import { ModelError, OptionError } from "../../errors.js";
import type { JobEvent } from "../../events.js";
import { describeNotFinite } from "../../steps/vectors/reject-vector.js";
import { TypedRows } from "../../store/arrays/typed-rows.js";
import { holdFolder } from "../../store/files/hold-output.js";
import { notEmpty } from "../../store/files/new-folder.js";
import { explainWriteError } from "../../store/files/output-error.js";
import { claimUnfinished } from "../../store/files/unfinished.js";
import { distilTable } from "../../train/distil/distil-table.js";
import { COMMON, pieceWeights } from "../../train/distil/piece-weights.js";
import type { Encoder } from "../../types.js";
import { choosePieces, type PieceOptions, type Pieces } from "./choose-pieces.js";

export interface DistilOptions
  extends PieceOptions,
    Pick<EncoderOptions, "variant" | "revision" | "threads" | "prompt" | "promptName"> {
  /** Components that are kept. @default all that the encoder has */
  dimensions?: number;
}

export interface DistilSummary {
  pieces: number;
  /** Pieces that stand for no text: special ones, a space. Their rows are zeros. */
  withoutText: number;
  dimensions: number;
  /** The share of the pieces' variance that the kept components hold. */
  explained: number;
  /** Pieces that an interrupted run had embedded. */
  kept: number;
  /** What the encoder's vectors are of. */
  space: string;
}

/**
 * Makes a static encoder of any other: each piece of its tokenizer goes through it as a text, and the vectors become a
 * table (Tulkens & van Dongen 2024, Model2Vec), its columns divided by the root of their standard deviation.
 *
 * A run that was interrupted goes on at its last whole window. The folder appears when it is complete. Memory: a block
 * of vectors, and the tokenizer; on the disk the vectors lie twice.
 *
 * @param name an encoder's folder, its name on the hub, or `builtin`
 * @param output a folder that is not there, or empty
 * @throws OptionError, InputError, ModelError, OutputError; the signal's reason when it aborts
 */
export async function distil(
  name: string,
  output: string,
  options: DistilOptions = {},
): Promise<DistilSummary> {
  await using folder = await holdFolder(output);
  if (folder.entries.length > 0) throw notEmpty(output);
  return await distilTo(folder.path, name, output, options);
}

async function distilTo(
  path: string,
  name: string,
  output: string,
  options: DistilOptions,
): Promise<DistilSummary> {
  const { variant, revision, threads, prompt, promptName, signal, onEvent = () => {} } = options;
  const which = { variant, revision, signal, onEvent };
  const encoder = await openEncoder(name, { ...which, threads, prompt, promptName });
  try {
    if (encoder.fit) throw new ModelError(`${name}: has no pieces to distil; give the folder of an encoder.`);
    checkDimensions(options.dimensions, encoder, name);
    if (encoder.description) onEvent({ kind: "note", message: encoder.description });
    const { modules } = await readEncoderFolder(await findEncoderFolder(name, which));
    const pieces = await choosePieces(modules.input, options);
    return await distilInto(path, encoder, basename(resolve(name)), pieces, options).catch((error) => {
      throw explainWriteError(error, output);
    });
  } finally {
    await encoder.close?.();
  }
}

async function distilInto(
  path: string,
  encoder: Encoder,
  name: string,
  pieces: Pieces,
  options: DistilOptions,
): Promise<DistilSummary> {
  const { texts, tokenizer } = pieces;
  const { space, prompts } = encoder;
  const { signal } = options;
  const part = await claimUnfinished(path, { space, prompt: prompts?.source, texts });
  const vectors = await TypedRows.open(part, "float32", encoder.dimensions, WINDOW);
  const kept = vectors.rows;
  try {
    await embedPieces(texts, encoder, vectors, options);
    const read = (start: number, end: number) => {
      signal?.throwIfAborted();
      return vectors.read(start, end);
    };
    const mean = await meanOfRows({ rows: texts.length, read }, encoder.dimensions);
    const { dimensions = encoder.dimensions } = options;
    const table = await distilTable(
      { rows: texts.length, dimensions: encoder.dimensions, mean, read },
      pieceWeights(pieces),
      dimensions,
    );
    await writeStaticFolder(path, {
      ...table,
      blocks: table.blocks(),
      tokenizer,
      tokenizerName: name,
      settings: { apply_pca: dimensions, sif_coefficient: COMMON },
      card: describe(basename(path), name, prompts?.source),
    });
    await vectors.close();
    await rm(part, { force: true });
    const withoutText = texts.filter((text) => text === "").length;
    return { pieces: texts.length, withoutText, dimensions, explained: table.explained, kept, space };
  } catch (error) {
    await vectors.close();
    if (vectors.rows < WINDOW) await rm(part, { force: true });
    throw error;
  }
}

async function embedPieces(
  texts: string[],
  encoder: Encoder,
  vectors: TypedRows,
  { signal, onEvent }: { signal?: AbortSignal; onEvent?: (event: JobEvent) => void },
): Promise<void> {
  const list = { length: texts.length, get: (piece: number) => texts[piece] };
  await embed(textWindows(list, vectors.rows), encoder, vectors, {
    signal,
    reject: (piece) =>
      new ModelError(`Piece ${piece}, ${JSON.stringify(texts[piece])}: ${describeNotFinite(encoder.space)}`),
    onProgress: (done) =>
      onEvent?.({ kind: "progress", stage: "embed", done, total: texts.length, unit: "pieces" }),
  });
}

function checkDimensions(asked: number | undefined, { dimensions }: Encoder, name: string): void {
  if (asked === undefined || (Number.isInteger(asked) && asked >= 1 && asked <= dimensions)) return;
  throw new OptionError(
    `dimensions is ${asked}, but the vectors of ${name} have ${dimensions}; expected a whole number from 1 to ${dimensions}.`,
  );
}

function describe(name: string, encoder: string, prompt = ""): string {
  const how = prompt === "" ? "" : ` after ${JSON.stringify(prompt)}`;
  return `# ${name}

A static sentence encoder: a text's vector is the mean of its pieces' rows. Distilled from ${encoder} by crisscross:
each piece of its tokenizer went through it${how}; then principal components, each divided by the root of its standard
deviation, and rare pieces weighted above common ones.
`;
}
