import { join } from "node:path";
import { isThere } from "../../store/files/unreadable.js";
import { readCount, readSettings } from "./read-json.js";

/** What is done with a text before a Transformer gets it, as its configuration says. */
export interface InputSettings {
  /** The longest input in tokens, special ones included. */
  maxTokens: number;
  /** How many tokens the model has positions for, where its configuration tells. */
  positions?: number;
  /** Whether texts are lower-cased before they are tokenised, whatever the tokenizer does. */
  lowerCase: boolean;
  /** Which end of a longer text is cut off. */
  cut: "left" | "right";
}

/** Where its parts are: the tokenizer with the model's configuration, and the module's own. */
export interface InputPlaces {
  path: string;
  module: string;
}

const DEFAULT_MAX_TOKENS = 512;

/** The position tables of these models begin after the padding token, so two rows are lost. */
const OFFSET_POSITIONS = ["roberta", "xlm-roberta", "xlm-roberta-xl", "camembert", "mpnet"];

/** The Transformer module's own configuration, by the names that sentence-transformers has given it. */
export const MODULE_SETTINGS = [
  "bert",
  "roberta",
  "distilbert",
  "camembert",
  "albert",
  "xlm-roberta",
  "xlnet",
].map((model) => `sentence_${model}_config.json`);

/**
 * The longest input is the one that the module gives its tokenizer or `max_seq_length`, else the tokenizer's length, at
 * most the model's positions.
 *
 * @throws ModelError if a setting is not what it must be
 */
export async function readInputSettings({ path, module }: InputPlaces): Promise<InputSettings> {
  const own = findModuleSettings([module, path]);
  const settings = own === undefined ? {} : await readSettings(own);
  const tokenizer = await readSettings(join(path, "tokenizer_config.json"));
  const positions = await positionsOf(path);
  const longest = readCount(own ?? "", "max_seq_length", settings.max_seq_length);
  const { model_max_length: given } = settings.processor_kwargs ?? settings.tokenizer_args ?? {};
  const asked = [readCount(own ?? "", "model_max_length", given), longest].find(isLimit);
  const limits = [tokenizer.model_max_length, positions].filter(isLimit);
  return {
    maxTokens: asked ?? (limits.length > 0 ? Math.min(...limits) : DEFAULT_MAX_TOKENS),
    positions,
    lowerCase: settings.do_lower_case === true,
    cut: tokenizer.truncation_side === "left" ? "left" : "right",
  };
}

/** Tokenizers without a limit carry a number like 1e30. */
const isLimit = (limit: unknown) =>
  Number.isInteger(limit) && (limit as number) > 0 && (limit as number) < 1e6;

function findModuleSettings(folders: readonly string[]): string | undefined {
  const paths = folders.flatMap((folder) => MODULE_SETTINGS.map((name) => join(folder, name)));
  return paths.find(isThere);
}

async function positionsOf(path: string): Promise<number | undefined> {
  const config = await readSettings(join(path, "config.json"));
  const positions = config.max_position_embeddings ?? config.n_positions;
  if (!(Number.isInteger(positions) && positions > 0)) return undefined;
  return OFFSET_POSITIONS.includes(config.model_type) ? positions - 2 : positions;
}
