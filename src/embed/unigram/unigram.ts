import { AddedTokens, type Stretch } from "./added-tokens.js";
import { type Lexicon, lexiconOf } from "./lexicon.js";
import { type Normalise, parseNormaliser } from "./normaliser.js";
import { GAP, MARK, parseSplitter, type Splitter } from "./splitter.js";
import type { AddedTokenJson, TokenizerJson } from "./tokenizer-json.js";
import { Viterbi } from "./viterbi.js";
import { WordCache } from "./word-cache.js";

/**
 * A SentencePiece Unigram tokenizer (Kudo 2018), as the models of XLM-RoBERTa's family have it: the same tokens as the
 * `tokenizers` package, several times as fast from JavaScript.
 */
export class Unigram {
  readonly #normalise: Normalise;
  readonly #splitter: Splitter;
  readonly #viterbi: Viterbi;
  readonly #raw: AddedTokens;
  readonly #normalised: AddedTokens;
  readonly #marked = new WordCache<number[]>();
  readonly #unmarked = new WordCache<number[]>();
  readonly #divideMarked = (word: string) => this.#viterbi.divide(MARK + word);
  readonly #divide = (word: string) => this.#viterbi.divide(word);

  /** @param setup as `parseUnigram` reads them */
  constructor(setup: UnigramSetup) {
    this.#normalise = setup.normalise;
    this.#splitter = setup.splitter;
    this.#viterbi = setup.viterbi;
    this.#raw = new AddedTokens(setup.raw);
    this.#normalised = new AddedTokens(setup.normalised);
  }

  /** A text's token numbers without the special tokens around it, the first `maxTokens` of them. */
  encode(text: string, maxTokens = Number.POSITIVE_INFINITY): number[] {
    const numbers: number[] = [];
    // Lone surrogates have no UTF-8 and reach the package as U+FFFD.
    const whole = LONE_SURROGATE.test(text) ? text.replace(LONE_SURROGATES, "\ufffd") : text;
    const stretches = this.#raw.split(whole) ?? [whole];
    for (const [place, stretch] of stretches.entries()) {
      if (typeof stretch === "number") numbers.push(stretch);
      else this.#encodeStretch(stretch, place === 0, numbers, maxTokens);
    }
    if (numbers.length > maxTokens) numbers.length = maxTokens;
    return numbers;
  }

  #encodeStretch(text: string, isFirst: boolean, numbers: number[], maxTokens: number): void {
    const normalised = this.#normalise(text);
    const stretches: Stretch[] = this.#normalised.split(normalised) ?? [normalised];
    for (const stretch of stretches) {
      if (typeof stretch === "number") numbers.push(stretch);
      else this.#encodeWords(stretch, isFirst, numbers, maxTokens);
    }
  }

  #encodeWords(text: string, isFirst: boolean, numbers: number[], maxTokens: number): void {
    const { kinds, prepend } = this.#splitter;
    const marks = prepend === "always" || (prepend === "first" && isFirst);
    let start = 0;
    let opened = false;
    for (let at = 0; at <= text.length; at++) {
      const kind = at === text.length ? GAP : kinds[text.charCodeAt(at)];
      if (kind === 0) continue;
      if (at > start || opened) {
        const word = text.slice(start, at);
        const pieces =
          opened || marks
            ? this.#marked.get(word, this.#divideMarked)
            : this.#unmarked.get(word, this.#divide);
        for (let i = 0; i < pieces.length; i++) numbers.push(pieces[i]);
        if (numbers.length >= maxTokens) return;
      }
      start = at + 1;
      opened = kind !== GAP;
    }
  }
}

interface UnigramSetup {
  normalise: Normalise;
  splitter: Splitter;
  viterbi: Viterbi;
  /** Added tokens that are looked for before normalisation, by their content. */
  raw: Map<string, AddedTokenJson>;
  /** Those that are looked for after it, by their content, normalised. */
  normalised: Map<string, AddedTokenJson>;
}

/**
 * Reads a parsed `tokenizer.json`.
 *
 * @param prepared its pieces, where they need not be read from it
 * @returns nothing if it asks for something that is not reproduced here; use the `tokenizers` package then
 */
export function parseUnigram(json: TokenizerJson, prepared?: Lexicon): Unigram | undefined {
  const { model, added_tokens: added = [] } = json;
  if (model?.type !== "Unigram" || model.byte_fallback) return undefined;
  const size = prepared?.scores.length ?? model.vocab.length;
  const unknown = model.unk_id ?? -1;
  if (!(Number.isInteger(unknown) && unknown >= 0 && unknown < size)) return undefined;
  const normalise = parseNormaliser(json.normalizer);
  const splitter = parseSplitter(json.pre_tokenizer);
  if (!normalise || !splitter) return undefined;

  const viterbi = new Viterbi(prepared ?? lexiconOf(model.vocab), unknown);
  const raw = new Map<string, AddedTokenJson>();
  const normalised = new Map<string, AddedTokenJson>();
  let unused = size;
  for (const token of added) {
    const known = viterbi.find(token.content);
    if (token.single_word || token.id !== (known < 0 ? unused++ : known)) return undefined;
    if (token.normalized) normalised.set(normalise(token.content), token);
    else raw.set(token.content, token);
  }
  if (raw.size + normalised.size !== added.length || raw.has("") || normalised.has("")) return undefined;
  // The package recognises the first word by its place in the original text, which other steps can shift.
  const keepsPlaces = normalised.size === 0 && (json.normalizer?.type ?? "Precompiled") === "Precompiled";
  if (splitter.prepend === "first" && !keepsPlaces) return undefined;
  return new Unigram({ normalise, splitter, viterbi, raw, normalised });
}

const LONE_SURROGATE = /\p{Surrogate}/u;
const LONE_SURROGATES = /\p{Surrogate}/gu;
