import { join } from "node:path";
import { ModelError } from "../../errors.js";
import { refuseOthers } from "./known-fields.js";
import { checkObject, readJson } from "./read-json.js";
import { findTokenizer, readTokenizerText } from "./tokenizer-file.js";

/** What tells which tokens are languages' codes; it stands beside `tokenizer.json`. */
export const LANGUAGE_CODES = "language_codes.json";

/** The tokens that tell an encoder the language of a text, as those of translators are told. */
export interface LanguageCodes {
  /** The number of each token by its code, such as `en_XX`. */
  tokens: Readonly<Record<string, number>>;
  /** Which of a text's tokens is the code. */
  place: "first" | "last";
}

/**
 * The codes of an encoder's languages; nothing where it has none. Where a code stands, the template of `tokenizer.json`
 * says, which puts one of them there.
 *
 * @param path the tokenizer's folder
 * @throws ModelError if they are not numbers by codes, or the template puts none of them at an end
 */
export async function readLanguageCodes(path: string): Promise<LanguageCodes | undefined> {
  const file = join(path, LANGUAGE_CODES);
  const found = await readJson(file);
  if (found === undefined) return undefined;
  checkObject(file, "", found);
  refuseOthers(file, "", found, ["codes"]);
  checkObject(file, "codes", found.codes);
  const entries = Object.entries(found.codes);
  const wrong = entries.find(([, token]) => !(Number.isInteger(token) && (token as number) >= 0));
  if (wrong !== undefined || entries.length === 0)
    throw new ModelError(
      `${file}: codes has ${wrong ? `${JSON.stringify(wrong[1])} for ${wrong[0]}` : "no language"}; expected the number of each code's token.`,
      { advice: EXPORT },
    );
  const tokens = Object.fromEntries(entries) as Record<string, number>;
  const ends = endsOfTemplate(readTokenizerText(findTokenizer(path)!));
  const isCode = (token?: number) => token !== undefined && Object.values(tokens).includes(token);
  if (isCode(ends.first) !== isCode(ends.last))
    return { tokens, place: isCode(ends.first) ? "first" : "last" };
  throw new ModelError(
    `${findTokenizer(path)}: its template puts ${isCode(ends.first) ? "two" : "none"} of the codes of ${LANGUAGE_CODES} around a text; expected one, as the first token or the last.`,
    { advice: EXPORT },
  );
}

const EXPORT = "Export the encoder again with pipelines/export-onnx.py.";

interface Processor {
  processors?: Processor[];
  single?: { SpecialToken?: { id?: string } }[];
  special_tokens?: Record<string, { ids?: number[] }>;
}

/** The tokens that a tokenizer puts before a text and behind it, where it does. */
function endsOfTemplate(tokenizer: string): { first?: number; last?: number } {
  const processor: Processor = Object(parse(tokenizer).post_processor);
  const template = [processor, ...(processor.processors ?? [])].find(({ single }) => single);
  const tokenAt = (place: number) => {
    const name = template?.single?.at(place)?.SpecialToken?.id;
    return name === undefined ? undefined : template?.special_tokens?.[name]?.ids?.at(place);
  };
  return { first: tokenAt(0), last: tokenAt(-1) };
}

/** What is no JSON is reported where the tokenizer is opened. */
function parse(text: string): { post_processor?: unknown } {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
