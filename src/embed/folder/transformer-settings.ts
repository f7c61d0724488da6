import { join } from "node:path";
import { ModelError } from "../../errors.js";
import { isThere } from "../../store/files/unreadable.js";
import { option, say } from "../../wording.js";
import { checkFields } from "./known-fields.js";
import { type CallSettings, readCallSettings } from "./processing-settings.js";
import { checkObject, readCount, readSettings } from "./read-json.js";

/** Where its parts are: the tokenizer with the model's configuration, and the module's own. */
export interface InputPlaces {
  path: string;
  module: string;
  /** The task that texts are encoded for. */
  task?: string;
}

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

/** What a Transformer module says of itself. */
export interface TransformerSettings {
  /** Its file; nothing where there is none. */
  file?: string;
  /** What the module gives to the next: a vector for each token, or the sentence's; or the scores of a pair. */
  gives: "tokens" | "sentence" | "scores";
  /** Which of the model's outputs that is. */
  output: string;
  /** Whether texts are lower-cased before they are tokenised, whatever the tokenizer does. */
  lowerCase: boolean;
  /** The longest input in tokens, where the module limits it. */
  maxTokens?: number;
  /** What is said of texts that go through a chat template, where they do. */
  message?: { format?: unknown };
  /** Fields of the tokenizer's and the model's own configuration that the module overrides. */
  overrides: { tokenizer: Record<string, unknown>; config: Record<string, unknown> };
  call: CallSettings;
  /** Whether texts of one task may become other tokens than those of another. */
  byTask: boolean;
}

/** What a Transformer is for, by sentence-transformers' names: vectors of tokens, or the logits of a pair. */
export type TransformerTask = "feature-extraction" | "sequence-classification";

const GIVES: Record<TransformerTask, string> = {
  "feature-extraction": "vectors of tokens",
  "sequence-classification": "the score of a pair",
};

const TOKENS = "token_embeddings";
const LOGITS = { gives: "scores", output: "logits" } as const;
const SENTENCE = "sentence_embedding";
const TOKEN_OUTPUT = "last_hidden_state";

/** @throws ModelError if it asks for what cannot be done, by the name of the file and the field */
export async function readTransformer(
  { path, module, task }: InputPlaces,
  gives: TransformerTask = "feature-extraction",
): Promise<TransformerSettings> {
  const file = findModuleSettings([module, path]);
  const settings = file === undefined ? {} : await readSettings(file);
  const where = file ?? join(module, MODULE_SETTINGS[0]);
  checkFields(where, settings, "sentence_bert_config.json");
  checkTask(where, settings, gives);
  const overrides = {
    tokenizer: readTokenizerOverrides(where, settings),
    config: kwargs(where, settings, "config_kwargs", "config_args"),
  };
  // PyTorch's model is in the graph as these made it.
  kwargs(where, settings, "model_kwargs", "model_args");
  const asked = readCount(where, "model_max_length", overrides.tokenizer.model_max_length);
  const longest = readCount(where, "max_seq_length", settings.max_seq_length);
  const message = messageOf(settings);
  return {
    file,
    ...readOutput(where, settings, gives),
    message,
    lowerCase: settings.do_lower_case === true,
    maxTokens: [asked, longest].find(isLimit),
    overrides,
    call: readCallSettings(where, settings.processing_kwargs ?? {}, {
      isChat: message !== undefined,
      taskLength: lengthForTask(where, settings, task),
    }),
    byTask: BY_TASK.some((field) => (settings[field] ?? null) !== null),
  };
}

const BY_TASK = ["query_length", "document_length", "query_expansion"];

/** @throws ModelError if queries shall be filled up with tokens, as encoders of many vectors a text have it */
function lengthForTask(where: string, settings: Record<string, unknown>, task?: string): number | undefined {
  if (task === "query" && (settings.query_expansion ?? null) !== null)
    throw new ModelError(
      `${where}: query_expansion fills queries up with tokens, as encoders of many vectors a text have it; this is not done here.`,
      { advice: say`Remove it, or leave ${option("task", "query")} out.` },
    );
  const field = `${task}_length`;
  return task !== undefined && BY_TASK.includes(field) ? readCount(where, field, settings[field]) : undefined;
}

/** Tokenizers without a limit carry a number like 1e30. */
export const isLimit = (limit: unknown): limit is number =>
  Number.isInteger(limit) && (limit as number) > 0 && (limit as number) < 1e6;

function findModuleSettings(folders: readonly string[]): string | undefined {
  const paths = folders.flatMap((folder) => MODULE_SETTINGS.map((name) => join(folder, name)));
  return paths.find(isThere);
}

function checkTask(where: string, settings: Record<string, unknown>, expected: TransformerTask): void {
  const { transformer_task: task = expected, tokenizer_name_or_path: other } = settings;
  if (task !== expected)
    throw new ModelError(
      `${where}: transformer_task is ${JSON.stringify(task)}; expected ${expected}, which gives ${GIVES[expected]}.`,
    );
  if (other !== undefined && other !== null)
    throw new ModelError(
      `${where}: tokenizer_name_or_path names another tokenizer, ${JSON.stringify(other)}; expected the one in the folder.`,
      { advice: "Load the encoder with sentence-transformers and save it again." },
    );
}

/** An object of arguments under its name of today, or under its old one. */
function kwargs(where: string, settings: Record<string, unknown>, ...names: string[]) {
  const name = names.find((known) => settings[known] !== undefined && settings[known] !== null);
  const value = name === undefined ? {} : settings[name];
  checkObject(where, name ?? "", value);
  return value;
}

/** Of a tokenizer's arguments those that change no token of a text alone. */
const WITHOUT_EFFECT = [
  "padding_side",
  "clean_up_tokenization_spaces",
  "use_fast",
  "trust_remote_code",
  "token",
  "cache_dir",
  "local_files_only",
];
const OVERRIDING = [
  "model_max_length",
  "truncation_side",
  "do_lower_case",
  "strip_accents",
  "tokenize_chinese_chars",
  "add_prefix_space",
];

function readTokenizerOverrides(where: string, settings: Record<string, unknown>) {
  const names = ["processor_kwargs", "tokenizer_args"];
  const given = kwargs(where, settings, ...names);
  const name = names.find((known) => settings[known] !== undefined) ?? names[0];
  const unknown = Object.keys(given).find((key) => ![...WITHOUT_EFFECT, ...OVERRIDING].includes(key));
  if (unknown !== undefined)
    throw new ModelError(
      `${where}: ${name}.${unknown} is unknown; expected one of ${[...OVERRIDING, ...WITHOUT_EFFECT].join(", ")}.`,
    );
  return given;
}

const MODALITIES = ["text", "image", "audio", "video", "message"];
const OF_MODALITY = ["method", "method_output_name", "format"];

/** What is said of chats, which every text is made one of where it is said. */
function messageOf({ modality_config: modalities }: Record<string, unknown>): TransformerSettings["message"] {
  return Object(modalities).message ?? undefined;
}

function readOutput(
  where: string,
  { modality_config: modalities, module_output_name: name = TOKENS }: Record<string, unknown>,
  task: TransformerTask,
): Pick<TransformerSettings, "gives" | "output"> {
  const isOfPairs = task === "sequence-classification";
  if (modalities === undefined || modalities === null)
    return isOfPairs ? LOGITS : { gives: "tokens", output: TOKEN_OUTPUT };
  checkObject(where, "modality_config", modalities);
  for (const [modality, params] of Object.entries(modalities)) {
    const unknown = modality.split("+").find((part) => !MODALITIES.includes(part));
    if (unknown !== undefined)
      throw new ModelError(
        `${where}: modality_config.${modality} is unknown; expected one of ${MODALITIES.join(", ")}.`,
      );
    checkObject(where, `modality_config.${modality}`, params);
    const field = Object.keys(params).find((key) => !OF_MODALITY.includes(key));
    if (field !== undefined)
      throw new ModelError(
        `${where}: modality_config.${modality}.${field} is unknown; expected one of ${OF_MODALITY.join(", ")}.`,
      );
  }
  if (isOfPairs) {
    const { method, method_output_name: output } = modalities.text ?? {};
    const isPlain = method === "forward" && modalities.message === undefined;
    if (isPlain && output === LOGITS.output && name === LOGITS.gives) return LOGITS;
    throw new ModelError(
      `${where}: makes ${JSON.stringify(name)} of ${JSON.stringify(modalities)} (module_output_name, modality_config); expected ${LOGITS.gives} of the ${LOGITS.output} of texts alone.`,
    );
  }
  const modality = modalities.message === undefined ? "text" : "message";
  const { method, method_output_name: output } = modalities[modality] ?? {};
  if (method !== "forward" || typeof output !== "string")
    throw new ModelError(
      `${where}: modality_config.${modality} takes ${JSON.stringify(output ?? null)} of ${JSON.stringify(method ?? null)}; expected one output of forward, such as ${TOKEN_OUTPUT} or pooler_output.`,
    );
  const isTokens = output === TOKEN_OUTPUT;
  const expected = isTokens ? TOKENS : SENTENCE;
  if (name !== expected)
    throw new ModelError(
      `${where}: module_output_name is ${JSON.stringify(name)} for the model's ${output}; expected ${expected}.`,
    );
  return { gives: isTokens ? "tokens" : "sentence", output };
}
