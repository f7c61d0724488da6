import { join } from "node:path";
import { ModelError } from "../../errors.js";
import { type Modules, readModules } from "./modules.js";
import { type NamedPrompts, readPrompts } from "./prompts.js";
import { readJson } from "./read-json.js";
import { findTokenizer } from "./tokenizer-file.js";

/** What a folder in sentence-transformers' or Model2Vec's layout says of its encoder. */
export interface EncoderFolder {
  path: string;
  prompts: NamedPrompts;
  /** Where its tokenizer is, and what is done with what the model gives. */
  modules: Modules;
  /** Whether its vectors are better compared with each side's mean subtracted; written by training. */
  centre: boolean;
  /** Numbers of a vector that are kept, from the first (Matryoshka); all where it is not given. */
  truncateDimensions?: number;
}

/**
 * Reads the configuration of an encoder's folder.
 *
 * @throws ModelError if a file is missing, or the configuration asks for what cannot be done
 */
export async function readEncoderFolder(path: string): Promise<EncoderFolder> {
  const config = (await readJson(join(path, "config_sentence_transformers.json"))) ?? {};
  const modules = await readModules(path);
  // Older folders of Model2Vec have no modules.json.
  const { model_type: type, centre } = (await readJson(join(path, "config.json"))) ?? {};
  if (type === "model2vec") modules.input.kind = "static";
  if (!findTokenizer(modules.input.path))
    throw new ModelError(
      `${path}: has no tokenizer.json. An encoder's folder holds tokenizer.json and an ONNX model, as exported from sentence-transformers, or a static table as Model2Vec writes it.`,
    );
  return {
    path,
    modules,
    centre: centre === true,
    prompts: readPrompts(path, config),
    truncateDimensions: config.truncate_dim ?? undefined,
  };
}
