import { basename } from "node:path";
import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { writeStaticFolder } from "../../embed/static/write-static-folder.js";
import { refuseNoText } from "../../read/open-text.js";
import { holdFolder } from "../../store/files/hold-output.js";
import { notEmpty } from "../../store/files/new-folder.js";
import { explainWriteError } from "../../store/files/output-error.js";
import { distilTable } from "../../train/distil/distil-table.js";
import { COMMON, pieceWeights } from "../../train/distil/piece-weights.js";
import { choosePieces, type PieceOptions, type Pieces } from "./choose-pieces.js";
import { PieceRows } from "./piece-rows.js";
import { openTeacher, type Teacher, type TeacherOptions } from "./teacher.js";

/** Which pieces the table has, and how the encoder makes their vectors. */
export interface DistilOptions extends PieceOptions, TeacherOptions {}

/** The names of `DistilOptions`. */
export const DISTIL_OPTIONS: OptionNames<DistilOptions> = {
  texts: true,
  read: true,
  vocabulary: true,
  signal: true,
  onEvent: true,
  dimensions: true,
  variant: true,
  revision: true,
  prompt: true,
  promptName: true,
  threads: true,
  device: true,
};

/** The table that was made. */
export interface DistilSummary {
  /** Rows of the table, one a piece of the tokenizer. */
  pieces: number;
  /** Pieces that stand for no text: special ones, a space. Their rows are zeros. */
  withoutText: number;
  /** Numbers of a row. */
  dimensions: number;
  /** The share of the pieces' variance that the kept components hold. */
  explained: number;
  /** Pieces that an interrupted run had embedded. */
  kept: number;
  /** What the encoder's vectors are of. */
  space: string;
}

/**
 * Makes a static encoder of any other: each piece of its tokenizer is encoded like a text, and the vectors become a
 * table (Tulkens & van Dongen 2024, Model2Vec) with each column divided by the root of its standard deviation.
 *
 * An interrupted run goes on at its last whole window. The folder appears when it is complete. Memory: a block of
 * vectors, and the tokenizer; on disk there are two copies of the vectors.
 *
 * @param name an encoder's folder, its name on the hub, or `builtin`
 * @param output a folder that is new or empty
 * @throws OptionError, InputError, ModelError, OutputError; the signal's reason when it aborts
 */
export async function distil(
  name: string,
  output: string,
  options: DistilOptions = {},
): Promise<DistilSummary> {
  refuseUnknown("distil", options, DISTIL_OPTIONS);
  for (const text of options.texts ?? []) refuseNoText(text, "one of the texts");
  await using folder = await holdFolder(output);
  if (folder.entries.length > 0) throw notEmpty(output);
  await using teacher = await openTeacher(name, options);
  const pieces = await choosePieces(teacher.input, options);
  return await distilInto(folder.path, teacher, pieces, options).catch((error) => {
    throw explainWriteError(error, output);
  });
}

async function distilInto(
  path: string,
  { name, encoder }: Teacher,
  pieces: Pieces,
  options: DistilOptions,
): Promise<DistilSummary> {
  const { texts, tokenizer } = pieces;
  const { space, prompts } = encoder;
  const { dimensions = encoder.dimensions } = options;
  await using rows = await PieceRows.open(path, encoder, texts);
  const vectors = await rows.embed(options);
  const table = await distilTable(vectors, pieceWeights(pieces), dimensions);
  await writeStaticFolder(path, {
    ...table,
    blocks: table.blocks(),
    tokenizer,
    tokenizerName: name,
    settings: { apply_pca: dimensions, sif_coefficient: COMMON },
    card: cardOf(basename(path), name, prompts?.source),
  });
  rows.done();
  return {
    pieces: texts.length,
    withoutText: texts.filter((text) => text === "").length,
    dimensions,
    explained: table.explained,
    kept: rows.kept,
    space,
  };
}

function cardOf(name: string, encoder: string, prompt = ""): string {
  const how = prompt === "" ? "" : ` after ${JSON.stringify(prompt)}`;
  return `# ${name}

A static sentence encoder: a text's vector is the mean of its pieces' rows. Distilled from ${encoder} by crisscross:
each piece of its tokenizer went through it${how}; then principal components, each divided by the root of its standard
deviation, and rare pieces weighted above common ones.
`;
}
