import { join } from "node:path";
import { digestOf } from "../folder/digest.js";
import type { EncoderFolder } from "../folder/encoder-folder.js";
import type { FolderModel } from "../folder/folder-model.js";
import { NORMALISE } from "../folder/vector-step.js";
import { sumRows } from "../table.js";
import { cutCharacters } from "./cut-characters.js";
import { openPieces } from "./open-pieces.js";
import { readStaticTable } from "./static-folder.js";

/**
 * Opens a static encoder: a text's vector is the mean of its pieces' rows, weighted where the folder has weights.
 *
 * @throws ModelError if tokenizer or table cannot be used, or do not belong together
 */
export async function openStatic({ modules }: EncoderFolder): Promise<FolderModel> {
  const { path } = modules.input;
  const { pieces, unknown, path: tokenizerPath, tokenizeTo } = openPieces(path);
  const { table, weights, model2vec } = await readStaticTable(path, pieces.length);
  const { dimensions: width } = table;
  const maxTokens = model2vec?.maxTokens ?? Number.POSITIVE_INFINITY;
  const tokenize = tokenizeTo(maxTokens);
  const cut = cutCharacters(pieces, maxTokens);
  // Model2Vec takes no account of what its tokenizer does not know; its configuration, not its modules, normalises.
  const isKnown = (piece: number) => !model2vec || piece !== unknown;
  const steps = model2vec ? (model2vec.normalise ? [NORMALISE] : []) : modules.steps;
  const finish = (vectors: Float32Array, texts: number) =>
    steps.reduce((result, step) => step.apply(result, result.length / texts), vectors);

  return {
    name: "static",
    dimensions: finish(new Float32Array(width), 1).length,
    maxTokens,
    digest: await digestOf([join(path, "model.safetensors"), tokenizerPath], {
      maxTokens,
      model2vec: model2vec !== undefined,
      steps: steps.map(({ digest }) => digest),
    }),
    encode: async (texts, _prompt, { onEncoded, onTruncated }) => {
      const shortened = texts.map(cut);
      const { ids, truncated } = await tokenize(shortened);
      onTruncated?.(truncated.filter((isCut, i) => isCut || shortened[i] !== texts[i]).length);
      const known = ids.map((text) => text.filter(isKnown));
      const sums = sumRows(known, table, weights && ((piece) => weights[piece]));
      for (const [text, { length }] of known.entries())
        for (let i = text * width; length > 0 && i < (text + 1) * width; i++) sums[i] /= length;
      onEncoded?.(texts.length);
      return finish(sums, texts.length);
    },
  };
}
