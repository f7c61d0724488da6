import { ModelError } from "../../errors.js";
import { readEncoderFolder } from "../folder/encoder-folder.js";
import { checkNeeded, knownHashes } from "../folder/known-hashes.js";
import { readTokenizerText } from "../folder/tokenizer-file.js";
import { NORMALISE } from "../folder/vector-step.js";
import { wholeTexts } from "../whole-texts.js";
import { openPieces } from "./open-pieces.js";
import { readStaticTable } from "./static-folder.js";

/** A static encoder taken apart, so that its table can be changed. */
export interface OpenTable {
  /** pieces × dimensions; what a piece counts is in its row. */
  values: Float32Array;
  dimensions: number;
  /** What `tokenizer.json` shall hold: it cuts no text. */
  tokenizer: string;
  /** Each text's pieces, all of them, those without effect left out. */
  piecesOf(texts: readonly string[]): Promise<number[][]>;
}

/**
 * Opens a static encoder's folder as `writeStaticFolder` will write it again: normalised, and without the piece for what
 * the tokenizer does not know. Memory: the table as float32.
 *
 * @throws ModelError if it is none, cannot be used, or does more with a sum than normalise it; InputError if a file is
 *   damaged, as far as it is known
 */
export async function openTable(path: string): Promise<OpenTable> {
  await checkNeeded({ path, name: path }, await knownHashes(path), { weights: true });
  const { modules, model2vec } = await readEncoderFolder(path);
  if (modules.input.kind !== "static")
    throw new ModelError(`${path}: is not a static encoder, so it has no table.`, {
      advice: "Make a static encoder of it with crisscross distil.",
    });
  const step = modules.steps.find((other) => other !== NORMALISE);
  if (step)
    throw new ModelError(
      `${path}: does more with a vector than normalise it (${step.name}), which a trained table would not.`,
      { advice: "Make a static encoder of it with crisscross distil." },
    );
  const folder = modules.input.path;
  const { count, unknown, path: tokenizerPath, tokenizeTo } = await openPieces(folder);
  const { table, weights } = await readStaticTable(folder, {
    pieces: count,
    exact: model2vec !== undefined,
  });
  const { dimensions } = table;
  const values = new Float32Array(count * dimensions);
  for (let piece = 0; piece < count; piece++)
    table.addRows(
      [piece],
      (row) => weights?.[row] ?? 1,
      values.subarray(piece * dimensions, (piece + 1) * dimensions),
    );
  const tokenize = await tokenizeTo(Number.POSITIVE_INFINITY);
  return {
    values,
    dimensions,
    tokenizer: wholeTexts(readTokenizerText(tokenizerPath)),
    piecesOf: async (texts) => {
      const { ids } = await tokenize(texts);
      return ids.map((numbers) => numbers.filter((piece) => piece !== unknown));
    },
  };
}
