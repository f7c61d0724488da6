import { ModelError } from "../../errors.js";
import { checkObject, readCount } from "./read-json.js";

/** How the tokenizer is called for each text. */
export interface CallSettings {
  /** The longest input in tokens, above all other limits. */
  maxTokens?: number;
  /** Whether longer texts are cut at all. */
  cuts: boolean;
  /** Whether a text gets the tokens that a Transformer's begins and ends with. */
  specialTokens: boolean;
}

/** Arguments by what they are for. Those for texts and for all inputs count; the others are not for plain texts. */
const KINDS = ["text", "common", "image", "audio", "video", "chat_template"];
const KNOWN = ["max_length", "truncation", "add_special_tokens"];
/** Padding is masked; no model is asked for token types. */
const WITHOUT_EFFECT = [
  "padding",
  "pad_to_multiple_of",
  "padding_side",
  "return_token_type_ids",
  "logits_to_keep",
  "verbose",
];
const CUTTING = [true, "longest_first", "only_first"];
const NOT_CUTTING = [false, "do_not_truncate"];

/**
 * Reads `processing_kwargs`, the arguments of each call of the tokenizer.
 *
 * @throws ModelError for one that is unknown, by the name of the file and the field
 */
export function readCallSettings(where: string, value: unknown): CallSettings {
  const name = "processing_kwargs";
  checkObject(where, name, value);
  const unknown = Object.keys(value).find((kind) => !KINDS.includes(kind));
  if (unknown !== undefined)
    throw new ModelError(`${where}: ${name}.${unknown} is unknown; expected one of ${KINDS.join(", ")}.`);
  const all: Record<string, unknown> = {};
  // What is for all inputs goes before what is for texts.
  for (const kind of ["text", "common"]) {
    const given = value[kind] ?? {};
    checkObject(where, `${name}.${kind}`, given);
    for (const [field, set] of Object.entries(given)) {
      checkField(where, `${name}.${kind}.${field}`, field, set);
      all[field] = set;
    }
  }
  return {
    maxTokens: readCount(where, `${name}.text.max_length`, all.max_length),
    cuts: !NOT_CUTTING.includes(all.truncation as boolean),
    specialTokens: all.add_special_tokens !== false,
  };
}

function checkField(where: string, name: string, field: string, value: unknown): void {
  const refuse = (expected: string): never => {
    throw new ModelError(`${where}: ${name} is ${JSON.stringify(value)}; expected ${expected}.`);
  };
  if (field === "truncation" && ![...CUTTING, ...NOT_CUTTING].includes(value as boolean))
    refuse([...CUTTING, ...NOT_CUTTING].join(", "));
  if (field === "add_special_tokens" && typeof value !== "boolean") refuse("true or false");
  if (field === "return_tensors" ? value === "pt" : field === "return_attention_mask" && value === true)
    return;
  if (![...KNOWN, ...WITHOUT_EFFECT].includes(field))
    throw new ModelError(
      `${where}: ${name} of ${JSON.stringify(value)} is not done here; expected one of ${[...KNOWN, ...WITHOUT_EFFECT].join(", ")}.`,
    );
}
