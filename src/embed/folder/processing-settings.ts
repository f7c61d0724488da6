import { ModelError } from "../../errors.js";
import { checkObject, readCount } from "./read-json.js";

/** How the tokenizer is called for each text. */
export interface CallSettings {
  /** The longest input in tokens, above all other limits. */
  maxTokens?: number;
  /** Whether longer texts are cut at all. */
  cuts: boolean;
  /** Whether of two texts the first alone is cut; else the longer one. */
  cutsFirst: boolean;
  /** Whether a text gets the tokens that a Transformer's begins and ends with. */
  specialTokens: boolean;
  /** What a chat template finds, and which it is. */
  chat: Record<string, unknown>;
}

/** Arguments by what they are for. Those for texts, for all inputs and for chat templates count. */
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
/** What changes how a chat is rendered or tokenised, unless it is false; none of it is done here. */
const SWITCHES_OF_CHATS = [
  "continue_final_message",
  "return_assistant_tokens_mask",
  "sanitize_control_tokens",
];
/** What sentence-transformers gives itself. */
const TAKEN_IN_CHATS = [
  "conversation",
  "messages",
  "tokenize",
  "return_dict",
  "tokenizer_kwargs",
  "common_kwargs",
];
const CUTTING = [true, "longest_first", "only_first"];
const NOT_CUTTING = [false, "do_not_truncate"];

/**
 * Reads `processing_kwargs`, the arguments of each call of the tokenizer.
 *
 * @param how whether texts go through a chat template, and the longest input that a task sets
 * @throws ModelError for one that is unknown, by the name of the file and the field
 */
export function readCallSettings(
  where: string,
  value: unknown,
  how: { isChat: boolean; taskLength?: number },
): CallSettings {
  const name = "processing_kwargs";
  checkObject(where, name, value);
  const unknown = Object.keys(value).find((kind) => !KINDS.includes(kind));
  if (unknown !== undefined)
    throw new ModelError(`${where}: ${name}.${unknown} is unknown; expected one of ${KINDS.join(", ")}.`);
  const [text, common] = ["text", "common"].map((kind) => {
    const given = value[kind] ?? {};
    checkObject(where, `${name}.${kind}`, given);
    for (const [field, set] of Object.entries(given))
      checkField(where, `${name}.${kind}.${field}`, field, set);
    return given;
  });
  const chat = how.isChat ? readChat(where, `${name}.chat_template`, value.chat_template ?? {}) : {};
  if (how.isChat && text.add_special_tokens !== undefined)
    throw new ModelError(
      `${where}: ${name}.text.add_special_tokens is not for texts that go through a chat template, which writes them.`,
      { advice: "Remove it." },
    );
  const { padding: _, return_tensors: __, truncation, max_length: longest, ...variables } = chat;
  const ofTask = { max_length: how.taskLength };
  // What is for all inputs goes before what is for texts, but for chats.
  const all: Record<string, unknown> = how.isChat
    ? {
        max_length: common.max_length,
        ...defined(ofTask),
        ...text,
        ...defined({ truncation, max_length: longest }),
      }
    : { ...ofTask, ...text, ...common };
  return {
    maxTokens: readCount(where, `${name}.text.max_length`, all.max_length),
    cuts: !NOT_CUTTING.includes(all.truncation as boolean),
    cutsFirst: all.truncation === "only_first",
    specialTokens: all.add_special_tokens !== false,
    chat: variables,
  };
}

function readChat(where: string, name: string, given: unknown): Record<string, unknown> {
  checkObject(where, name, given);
  for (const field of ["truncation", "max_length"])
    if (given[field] !== undefined) checkField(where, `${name}.${field}`, field, given[field]);
  const refused = Object.keys(given).find(
    (field) =>
      TAKEN_IN_CHATS.includes(field) || (SWITCHES_OF_CHATS.includes(field) && given[field] !== false),
  );
  if (refused === undefined) return given;
  throw new ModelError(`${where}: ${name}.${refused} is not done here.`, {
    advice: "Remove it if the encoder was trained without.",
  });
}

const defined = (fields: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

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
