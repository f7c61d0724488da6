import { Tokenizer } from "tokenizers";
import { ModelError } from "../errors.js";
import { changeTokenizer, type TokenizerChanges } from "./change-tokenizer.js";
import { checkTemplate } from "./folder/check-template.js";
import { readTokenizerText } from "./folder/tokenizer-file.js";
import { type End, slices } from "./slices.js";

/** Token numbers of texts. */
export interface Tokens {
  ids: number[][];
  /** Whether each text was cut. */
  truncated: boolean[];
}

export interface TextTokenizer {
  tokenize(texts: readonly string[]): Promise<Tokens>;
  /** The token of that number, for messages. */
  nameOf(id: number): string | null;
  /** The number of a token; null if there is none of that name. */
  idOf(token: string): number | null;
  /** How many tokens a text has without the special one that it ends with, if it does. */
  lengthBeforeEnd(text: string): Promise<number>;
}

export interface TokenizerOptions {
  /** A longer text is cut, special tokens kept; infinite where none is. */
  maxTokens: number;
  /** Whether each text gets the tokens that a Transformer's begins and ends with. */
  specialTokens: boolean;
  /** Which end of a longer text is cut off. @default "right" */
  cut?: End;
  /** What is done otherwise than the file says. @default nothing */
  changes?: TokenizerChanges;
}

/**
 * Opens a `tokenizer.json`. Lone surrogates count as U+FFFD.
 *
 * @throws ModelError if the file is not a tokenizer; also later, if it cannot tokenize a text
 */
export function openTokenizer(
  path: string,
  { maxTokens, specialTokens, cut = "right", changes }: TokenizerOptions,
): TextTokenizer {
  const tokenizer = load(path, changes);
  // Without special tokens the library does not tell whether it cut a text, so one more token is asked
  // for.
  const spare = specialTokens ? 0 : 1;
  if (Number.isFinite(maxTokens)) tokenizer.setTruncation(maxTokens + spare, { direction: cut });
  else tokenizer.disableTruncation();
  tokenizer.disablePadding();

  // Some files turn out to be broken only by a text, such as one whose vocabulary lacks its unknown token.
  const explainTokenizer = (cause: unknown): never => {
    throw new ModelError(`${path}: fails to tokenize a text (${cause}).`, {
      advice: "Fetch or export the encoder again.",
      cause,
    });
  };
  const encode = async (texts: string[]): Promise<Tokens> => {
    const encodings = await tokenizer
      .encodeBatch(texts, { addSpecialTokens: specialTokens })
      .catch(explainTokenizer);
    const ids = encodings.map((encoding) => encoding.getIds());
    const most = (all: number[]) => (cut === "left" ? all.slice(-maxTokens) : all.slice(0, maxTokens));
    return {
      truncated: ids.map((all, i) => all.length > maxTokens || encodings[i].getOverflowing().length > 0),
      ids: spare ? ids.map(most) : ids,
    };
  };

  return {
    lengthBeforeEnd: async (text) => {
      const encoding = await tokenizer
        .encode(text, null, { addSpecialTokens: specialTokens })
        .catch(explainTokenizer);
      const last = encoding.getIds().slice(-1);
      const isOwn =
        encoding.getSpecialTokensMask().at(-1) === 0 &&
        (await tokenizer.decode(last, true)) === (await tokenizer.decode(last, false));
      return encoding.getLength() - (isOwn ? 0 : last.length);
    },
    nameOf: (id) => tokenizer.idToToken(id),
    idOf: (token) => tokenizer.tokenToId(token),
    tokenize: async (texts) => {
      const tries = texts.map((text) => slices(text, maxTokens, cut));
      const slice = tries.map((next) => next.next().value!);
      const tokens = await encode(slice.map(({ text }) => text));
      // Where the beginning of a text does not fill the longest input, the rest is needed, too.
      for (const [i, next] of tries.entries()) {
        while (!(slice[i].whole || tokens.truncated[i])) {
          slice[i] = next.next().value!;
          const { ids, truncated } = await encode([slice[i].text]);
          [tokens.ids[i], tokens.truncated[i]] = [ids[0], truncated[0]];
        }
      }
      return tokens;
    },
  };
}

/** Token numbers of pairs of texts. */
export interface PairTokens extends Tokens {
  /** Of each token which text it is of, as the model's tokenizer counts them. */
  types: number[][];
}

/**
 * Opens a `tokenizer.json` for pairs of texts, which become one input each. Of a pair that is too long the longer text
 * is cut, token by token.
 *
 * @throws ModelError if the file is not a tokenizer; the function also, if it cannot tokenize a pair
 */
export function openPairTokenizer(
  path: string,
  { maxTokens, cut = "right", changes }: Omit<TokenizerOptions, "specialTokens">,
): Pick<TextTokenizer, "nameOf"> & {
  tokenize(pairs: readonly (readonly [string, string])[]): Promise<PairTokens>;
} {
  const tokenizer = load(path, changes);
  if (Number.isFinite(maxTokens)) tokenizer.setTruncation(maxTokens, { direction: cut });
  else tokenizer.disableTruncation();
  tokenizer.disablePadding();
  return {
    nameOf: (id) => tokenizer.idToToken(id),
    tokenize: async (pairs) => {
      // The library takes no batch of pairs.
      const encode = ([a, b]: readonly [string, string]) =>
        tokenizer.encode(a.toWellFormed(), b.toWellFormed(), { addSpecialTokens: true });
      const encodings = await Promise.all(pairs.map(encode)).catch((cause) => {
        throw new ModelError(`${path}: fails to tokenize a pair (${cause}).`, {
          advice: "Fetch or export the re-scorer again.",
          cause,
        });
      });
      return {
        ids: encodings.map((encoding) => encoding.getIds()),
        types: encodings.map((encoding) => encoding.getTypeIds()),
        truncated: encodings.map((encoding) => encoding.getOverflowing().length > 0),
      };
    },
  };
}

function load(path: string, changes?: TokenizerChanges): Tokenizer {
  const text = readTokenizerText(path);
  try {
    checkTemplate(path, Object(JSON.parse(text)));
    return Tokenizer.fromString(changes ? changeTokenizer(text, changes) : text);
  } catch (cause) {
    if (cause instanceof ModelError) throw cause;
    throw new ModelError(`${path}: is no tokenizer of the Hugging Face tokenizers library (${cause}).`, {
      cause,
    });
  }
}
