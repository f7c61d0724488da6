import { join } from "node:path";
import { ModelError } from "../../errors.js";
import { type TokenizerJson, vocabularyOf } from "../vocabulary.js";
import { readSettings } from "./read-json.js";
import { findTokenizer, readTokenizerText } from "./tokenizer-file.js";

/**
 * The version of transformers whose tokenizers are followed: a class changes some fields of `tokenizer.json`, and takes
 * the rest as it is. (Version 5 makes the rest anew from the class; a folder that it writes holds what it made.)
 */
export const FOLLOWED = "transformers 4";

/** What becomes of a `tokenizer.json` by the class that opens it. */
export interface TokenizerClass {
  /** Without `Fast` at its end; nothing where the folder does not say. */
  name?: string;
  /** Parts that are put in the place of the file's; nothing where the class leaves the file as it is. */
  parts?: Pick<TokenizerJson, "normalizer" | "pre_tokenizer" | "added_tokens">;
}

/** Classes that set three fields of the normaliser, and those that set but letters and accents. */
const BERT_CLASSES = ["Bert", "ConvBert", "DistilBert", "Electra", "Funnel", "LayoutLM", "Lxmert"]
  .concat(["MobileBert", "SqueezeBert", "RetriBert", "DPRContextEncoder", "DPRQuestionEncoder", "DPRReader"])
  .map((name) => `${name}Tokenizer`);
const LETTER_CLASSES = ["MPNet", "Splinter", "LayoutLMv2"].map((name) => `${name}Tokenizer`);

/** The class of a model whose folder names none, by the model's type. */
const CLASS_OF_MODEL = new Map([
  ...["align", "bark", "bert", "blip", "bros", "chinese_clip", "ernie", "git", "grounding-dino"]
    .concat(["megatron-bert", "mm-grounding-dino", "nezha", "qdqbert", "tvp", "vilt", "visual_bert"])
    .map((type) => [type, "BertTokenizer"] as const),
  ["convbert", "ConvBertTokenizer"],
  ["distilbert", "DistilBertTokenizer"],
  ["electra", "ElectraTokenizer"],
  ["funnel", "FunnelTokenizer"],
  ["layoutlm", "LayoutLMTokenizer"],
  ["layoutlmv2", "LayoutLMv2Tokenizer"],
  ["lxmert", "LxmertTokenizer"],
  ["mobilebert", "MobileBertTokenizer"],
  ["mpnet", "MPNetTokenizer"],
  ["retribert", "RetriBertTokenizer"],
  ["roformer", "RoFormerTokenizer"],
  ["splinter", "SplinterTokenizer"],
  ["squeezebert", "SqueezeBertTokenizer"],
]);

/** Of version 5, which takes a file under it as it is. */
const AS_IT_IS = "TokenizersBackend";

/**
 * The class of a folder's tokenizer.
 *
 * @param path the folder that has `tokenizer.json`
 * @param overrides fields that go before those of `tokenizer_config.json`
 * @throws ModelError if a field asks for what cannot be done, by its name
 */
export async function readTokenizerClass(
  path: string,
  overrides: Record<string, unknown> = {},
): Promise<TokenizerClass> {
  const file = join(path, "tokenizer_config.json");
  const settings: Record<string, unknown> = { ...(await readSettings(file)), ...overrides };
  const model = await readSettings(join(path, "config.json"));
  const given = settings.tokenizer_class ?? model.tokenizer_class ?? CLASS_OF_MODEL.get(model.model_type);
  const name = given === undefined ? undefined : String(given).replace(/Fast$/, "");
  if (settings.split_special_tokens === true)
    throw new ModelError(`${file}: split_special_tokens is true; expected special tokens that stay whole.`);
  if (name === "RoFormerTokenizer")
    throw new ModelError(`${file}: ${name} cuts words by code that tokenizer.json does not hold.`);
  const text = readTokenizerText(findTokenizer(path)!);
  const setsNormaliser = name !== undefined && [...BERT_CLASSES, ...LETTER_CLASSES].includes(name);
  const missing = missingSpecials(settings, text);
  if (!setsNormaliser && missing.length === 0 && !/"ByteLevel"|"TemplateProcessing"/.test(text))
    return { name };
  const json = parse(text);
  checkEnds(file, settings, json);
  const parts = {
    ...(setsNormaliser && normaliserOf(name, settings, json)),
    ...(name !== undefined && name !== AS_IT_IS && prefixSpaceOf(settings, json)),
    ...addedTokensOf(missing, json),
  };
  return { name, parts: Object.keys(parts).length > 0 ? parts : undefined };
}

/** What is no JSON is reported where the tokenizer is opened. */
function parse(text: string): TokenizerJson {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

interface Normaliser {
  type?: string;
  lowercase?: boolean;
  strip_accents?: boolean | null;
  handle_chinese_chars?: boolean;
}

function normaliserOf(name: string, settings: Record<string, unknown>, json: TokenizerJson) {
  // Version 4 fails without one, version 5 makes it.
  const found: Normaliser = json.normalizer ?? { type: "BertNormalizer" };
  if (found.type !== "BertNormalizer") return {};
  const { do_lower_case: lowercase = true, strip_accents: accents = null } = settings;
  const { tokenize_chinese_chars: words = true } = settings;
  const fields = {
    lowercase: lowercase !== false,
    strip_accents: accents,
    ...(BERT_CLASSES.includes(name) && { handle_chinese_chars: words !== false }),
  };
  const isSame = Object.entries(fields).every(
    ([field, value]) => (found[field as keyof Normaliser] ?? null) === value,
  );
  return isSame && json.normalizer
    ? {}
    : { normalizer: { clean_text: true, handle_chinese_chars: true, ...found, ...fields } };
}

/** Whether a text begins as if after a space, which byte-level pieces (Radford et al. 2019) tell apart. */
function prefixSpaceOf({ add_prefix_space: adds = false }: Record<string, unknown>, json: TokenizerJson) {
  const found = json.pre_tokenizer as { type?: string; add_prefix_space?: boolean } | null | undefined;
  if (found?.type !== "ByteLevel" || found.add_prefix_space === adds) return {};
  return { pre_tokenizer: { ...found, add_prefix_space: adds } };
}

/** The special tokens that a configuration names, and `tokenizer.json` does not tell from words. */
function missingSpecials(settings: Record<string, unknown>, text: string): SpecialToken[] {
  const named = SPECIALS.map((field) => settings[`${field}_token`]);
  const others = [settings.additional_special_tokens, settings.extra_special_tokens];
  return [...named, ...others.flatMap((tokens) => (Array.isArray(tokens) ? tokens : []))]
    .map((token) => (typeof token === "string" ? { content: token } : Object(token)))
    .filter(({ content }) => typeof content === "string" && !namesContent(text, content));
}

const SPECIALS = ["bos", "eos", "unk", "sep", "pad", "cls", "mask"];

interface SpecialToken {
  content: string;
  single_word?: boolean;
  lstrip?: boolean;
  rstrip?: boolean;
  normalized?: boolean;
}

const namesContent = (text: string, content: string) =>
  text.includes(`"content":${JSON.stringify(content)}`) ||
  text.includes(`"content": ${JSON.stringify(content)}`);

/** A special token stays whole wherever it stands in a text, if the model knows it. */
function addedTokensOf(missing: readonly SpecialToken[], json: TokenizerJson) {
  const { pieces } = vocabularyOf(json);
  const added = missing
    .map(({ content, single_word = false, lstrip = false, rstrip = false, normalized = false }) => ({
      ...{ id: pieces.indexOf(content), content, single_word, lstrip, rstrip, normalized },
      special: true,
    }))
    .filter(({ id }) => id !== -1)
    .sort((a, b) => a.id - b.id);
  return added.length > 0 ? { added_tokens: [...(json.added_tokens ?? []), ...added] } : {};
}

interface Template {
  type?: string;
  single?: { SpecialToken?: unknown }[];
  processors?: Template[];
}

/** @throws ModelError if a text shall begin or end with a token that `tokenizer.json` does not put there */
function checkEnds(file: string, settings: Record<string, unknown>, json: TokenizerJson): void {
  const processor = json.post_processor as Template | null | undefined;
  const template = [processor, ...(processor?.processors ?? [])].find((part) => part?.single);
  const ends = [
    ["add_bos_token", template?.single?.at(0)],
    ["add_eos_token", template?.single?.at(-1)],
  ] as const;
  for (const [field, end] of ends)
    if (settings[field] === true && template && end?.SpecialToken === undefined)
      throw new ModelError(
        `${file}: ${field} is true, but tokenizer.json puts no special token there: transformers' versions differ in which of them counts.`,
        { advice: "Load the encoder with sentence-transformers and save it again." },
      );
}
