import { join } from "node:path";
import type { TokenizerChanges } from "../change-tokenizer.js";
import { readSettings } from "./read-json.js";
import { readTokenizerClass } from "./tokenizer-class.js";
import { type InputPlaces, isLimit, readTransformer, type TransformerTask } from "./transformer-settings.js";

/** What is done with a text before a Transformer gets it, as its configuration says. */
export interface InputSettings {
  /** The longest input in tokens, special ones included; infinite where texts are not cut. */
  maxTokens: number;
  /** How many tokens the model has positions for, where its configuration tells. */
  positions?: number;
  /** What is done otherwise than `tokenizer.json` says. */
  changes: TokenizerChanges;
  /** Which end of a longer text is cut off. */
  cut: "left" | "right";
  /** Whether a text gets the tokens that a Transformer's begins and ends with. */
  specialTokens: boolean;
  /** Whether of two texts the first alone is cut; else the longer one. */
  cutsFirst: boolean;
}

const DEFAULT_MAX_TOKENS = 512;

/** The position tables of these models begin after the padding token, so two rows are lost. */
const OFFSET_POSITIONS = ["roberta", "xlm-roberta", "xlm-roberta-xl", "camembert", "mpnet"];

/**
 * The longest input is the one that each call of the tokenizer is given, else the one that the module gives its tokenizer
 * or `max_seq_length`, else the tokenizer's length, at most the model's positions.
 *
 * @throws ModelError if a setting is not what it must be, or asks for what cannot be done
 */
export async function readInputSettings(input: InputPlaces, task?: TransformerTask): Promise<InputSettings> {
  const { overrides, maxTokens: longest, lowerCase, call } = await readTransformer(input, task);
  const tokenizer = {
    ...(await readSettings(join(input.path, "tokenizer_config.json"))),
    ...overrides.tokenizer,
  };
  const positions = positionsOf({
    ...(await readSettings(join(input.path, "config.json"))),
    ...overrides.config,
  });
  const limits = [tokenizer.model_max_length, positions].filter(isLimit);
  const ofTokenizer = longest ?? (limits.length > 0 ? Math.min(...limits) : DEFAULT_MAX_TOKENS);
  return {
    maxTokens: call.cuts ? (call.maxTokens ?? ofTokenizer) : Number.POSITIVE_INFINITY,
    positions,
    changes: { lowerCase, parts: (await readTokenizerClass(input.path, overrides.tokenizer)).parts },
    cut: tokenizer.truncation_side === "left" ? "left" : "right",
    specialTokens: call.specialTokens,
    cutsFirst: call.cutsFirst,
  };
}

function positionsOf(config: Record<string, unknown>): number | undefined {
  const positions = config.max_position_embeddings ?? config.n_positions;
  if (!(Number.isInteger(positions) && (positions as number) > 0)) return undefined;
  return OFFSET_POSITIONS.includes(config.model_type as string)
    ? (positions as number) - 2
    : (positions as number);
}
