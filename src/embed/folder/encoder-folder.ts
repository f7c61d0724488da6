import { join } from "node:path";
import { ModelError } from "../../errors.js";
import { option, say } from "../../wording.js";
import { promptOfCard } from "./card-prompt.js";
import { checkFields } from "./known-fields.js";
import { type LanguageCodes, readLanguageCodes } from "./language-codes.js";
import { type Model2Vec, readModel2Vec } from "./model2vec.js";
import type { Modules } from "./modules.js";
import { hasPrompts, type NamedPrompts, readPrompts } from "./prompts.js";
import { readCount, readSettings } from "./read-json.js";
import { readModules } from "./read-modules.js";
import { findTokenizer } from "./tokenizer-file.js";
import { NORMALISE } from "./vector-step.js";

/** What a folder in sentence-transformers' or Model2Vec's layout says of its encoder. */
export interface EncoderFolder {
  path: string;
  /** What it is called: its path, or the name that the hub knows it by, wherever the cache lies. */
  name: string;
  prompts: NamedPrompts;
  /** The tokens that tell it the language of a text, where it is told. */
  languages?: LanguageCodes;
  /** Where its tokenizer is, and what is done with what the model gives. */
  modules: Modules;
  /** Where it is Model2Vec's: how it cuts texts. */
  model2vec?: Model2Vec;
  /** Whether its vectors are better compared with each side's mean subtracted; written by training. */
  centre: boolean;
  /** Numbers of a vector that are kept, from the first (Matryoshka); all where it is not given. */
  truncateDimensions?: number;
}

/**
 * Reads the configuration of an encoder's folder.
 *
 * @param name what it is called
 * @param task what texts are encoded for, such as `query`; nothing where they are sentences
 * @throws ModelError if a file is missing, or the configuration asks for what cannot be done
 */
export async function readEncoderFolder(path: string, name = path, task?: string): Promise<EncoderFolder> {
  const settings = join(path, "config_sentence_transformers.json");
  const config = await readSettings(settings);
  checkKind(settings, config.model_type);
  checkFields(settings, config, "config_sentence_transformers.json");
  const modules = await readModules(path, task);
  const { centre, ...ofModel } = await readSettings(join(path, "config.json"));
  const model2vec = await readModel2Vec(path, ofModel, modules);
  if (model2vec) {
    modules.input.kind = "static";
    if (model2vec.normalises && modules.steps.at(-1) !== NORMALISE) modules.steps.push(NORMALISE);
  }
  if (!findTokenizer(modules.input.path))
    throw new ModelError(
      `${name}: has no tokenizer.json; expected one beside an ONNX model, as exported from sentence-transformers, or beside a static table, as Model2Vec writes it.`,
    );
  const prompts = readPrompts(settings, config);
  const asksFor = modules.input.kind === "transformer" && promptOfCard(name, ofModel._name_or_path);
  return {
    path,
    name,
    modules,
    model2vec,
    languages: modules.input.kind === "transformer" ? await readLanguageCodes(modules.input.path) : undefined,
    centre: centre === true,
    prompts: asksFor && !hasPrompts(prompts) ? { ...prompts, ofCard: asksFor } : prompts,
    truncateDimensions: readCount(settings, "truncate_dim", config.truncate_dim),
  };
}

/** @throws ModelError if it is not an encoder of sentences, but one of sparse or of many vectors, or a re-scorer */
function checkKind(path: string, kind: unknown): void {
  if (kind === undefined || kind === SENTENCE_ENCODER) return;
  throw new ModelError(
    `${path}: model_type is ${JSON.stringify(kind)}; expected ${SENTENCE_ENCODER}.`,
    kind === "CrossEncoder" ? { advice: say`It scores pairs: give it as ${option("rescore")}.` } : {},
  );
}

const SENTENCE_ENCODER = "SentenceTransformer";
