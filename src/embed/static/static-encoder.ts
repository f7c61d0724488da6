import { join } from "node:path";
import { noteStates, refuseChanges } from "../../store/files/file-state.js";
import { digestOf } from "../folder/digest.js";
import type { EncoderFolder } from "../folder/encoder-folder.js";
import type { FolderModel } from "../folder/folder-model.js";
import type { KnownHashes } from "../folder/known-hashes.js";
import { findTokenizer } from "../folder/tokenizer-file.js";
import { sumRows } from "../table.js";
import { cutCharacters } from "./cut-characters.js";
import { openPieces } from "./open-pieces.js";
import { readStaticTable } from "./static-folder.js";

/**
 * Opens a static encoder: a text's vector is the mean of its pieces' rows, weighted where the folder has weights.
 *
 * @param known compared with the table before it is used
 * @throws ModelError if tokenizer or table cannot be used, or do not belong together; InputError if one is damaged
 */
export async function openStatic(
  { modules, model2vec }: EncoderFolder,
  known: KnownHashes,
): Promise<FolderModel> {
  const { path } = modules.input;
  const states = await noteStates([join(path, "model.safetensors"), findTokenizer(path)]);
  const { count, list, unknown, path: tokenizerPath, truncation, tokenizeTo } = await openPieces(path);
  // sentence-transformers cuts as the tokenizer's file says, Model2Vec as its own configuration says.
  const maxTokens = (model2vec ?? truncation)?.maxTokens ?? Number.POSITIVE_INFINITY;
  const cut = model2vec ? "right" : truncation?.cut;
  const { steps } = modules;
  const digest = await digestOf(
    [join(path, "model.safetensors"), tokenizerPath],
    {
      maxTokens,
      // Nearly every folder asks for it, so the description does not mention it.
      cut: cut === "left" ? cut : undefined,
      model2vec: model2vec !== undefined,
      steps: steps.map(({ digest }) => digest),
    },
    known,
  );
  const { table, weights } = await readStaticTable(path, {
    pieces: count,
    exact: model2vec !== undefined,
  });
  const { dimensions: width } = table;
  const tokenize = await tokenizeTo(maxTokens, cut);
  // Model2Vec also ignores what its tokenizer does not know.
  const shorten = model2vec ? cutCharacters(list, maxTokens) : (text: string) => text;
  const isKnown = (piece: number) => !model2vec || piece !== unknown;
  const finish = (vectors: Float32Array, texts: number) =>
    steps.reduce((result, step) => step.apply(result, result.length / texts), vectors);

  // The digest is of what was read.
  await refuseChanges(states);

  return {
    name: "static",
    dimensions: finish(new Float32Array(width), 1).length,
    maxTokens,
    digest,
    encode: async (texts, _prompt, { onEncoded, onTruncated }) => {
      const shortened = texts.map(shorten);
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
