import { checkWhole } from "../../check-values.js";
import { changeTokenizer, type TokenizerChanges } from "../../embed/change-tokenizer.js";
import { readInputSettings } from "../../embed/folder/input-settings.js";
import type { Modules } from "../../embed/folder/modules.js";
import { findTokenizer, readTokenizerText } from "../../embed/folder/tokenizer-file.js";
import { pieceTexts } from "../../embed/piece-texts.js";
import { cutVocabulary } from "../../embed/static/cut-vocabulary.js";
import { openTokenizer } from "../../embed/tokenizer.js";
import { scoresOf, type TokenizerJson, vocabularyOf } from "../../embed/vocabulary.js";
import { wholeTexts } from "../../embed/whole-texts.js";
import { ModelError, OptionError } from "../../errors.js";
import type { JobListeners } from "../../events.js";
import type { ReadOptions, TextSource } from "../../read/input.js";
import { readSentences } from "../../read/read-sentences.js";
import { option, say } from "../../wording.js";

export interface PieceOptions extends JobListeners {
  /**
   * Texts by whose use of the pieces they are weighted.
   * @default the tokenizer's own scores or order
   */
  texts?: readonly TextSource[];
  /** How the texts are read. */
  read?: ReadOptions;
  /**
   * Keep only this many pieces, those most used in `texts`; for Unigram tokenizers.
   * @default all
   */
  vocabulary?: number;
}

/** A static table's pieces, by their numbers in its tokenizer. */
export interface Pieces {
  /** Empty for a piece that stands for no text. */
  texts: string[];
  counts?: number[];
  scores?: number[];
  /** What `tokenizer.json` shall hold. */
  tokenizer: string;
}

/**
 * The pieces of an encoder's tokenizer, counted and cut as asked.
 *
 * @param input where tokenizer.json and its settings are
 * @throws ModelError if the tokenizer has no pieces; OptionError if the vocabulary cannot be cut so; what reading the
 * texts throws
 */
export async function choosePieces(input: Modules["input"], options: PieceOptions): Promise<Pieces> {
  const path = findTokenizer(input.path)!;
  const original = readTokenizerText(path);
  const json: TokenizerJson = JSON.parse(original);
  if (!json.model?.vocab)
    throw new ModelError(`${path}: has no pieces to distil; it hashes words and their letters.`);
  const { vocabulary } = options;
  checkVocabulary(path, json, options);
  // A static encoder's library takes tokenizer.json as it is.
  const changes = input.kind === "static" ? NONE : (await readInputSettings(input)).changes;
  const texts = pieceTexts(json);
  const counts = options.texts && (await countPieces(path, texts.length, changes, options));
  const scores = scoresOf(json);
  const tokenizer = changeTokenizer(wholeTexts(original), changes);
  if (vocabulary === undefined || !counts) return { texts, counts, scores, tokenizer };
  const kept = mostUsed(counts, json, vocabulary);
  const ofKept = <T>(values: readonly T[]) => kept.map((piece) => values[piece]);
  return {
    texts: ofKept(texts),
    counts: ofKept(counts),
    scores: scores && ofKept(scores),
    tokenizer: JSON.stringify(cutVocabulary(JSON.parse(tokenizer), kept)),
  };
}

function checkVocabulary(path: string, json: TokenizerJson, { texts, vocabulary }: PieceOptions): void {
  if (vocabulary === undefined) return;
  checkWhole({ vocabulary });
  if (!texts?.length)
    throw new OptionError(
      say`${option("vocabulary")} keeps the pieces that texts use most, but no texts are given.`,
      { advice: say`Give ${option("texts")}, or leave ${option("vocabulary")} out.` },
    );
  if (!scoresOf(json))
    throw new OptionError(
      say`${path}: is a ${json.model?.type ?? "WordPiece or BPE"} tokenizer; ${option("vocabulary")} cuts Unigram tokenizers only, since the pieces of others are built from each other.`,
    );
}

const NONE: TokenizerChanges = { lowerCase: false };

async function countPieces(
  path: string,
  pieces: number,
  changes: TokenizerChanges,
  { texts = [], read, signal, onEvent }: PieceOptions,
): Promise<number[]> {
  const { tokenize } = openTokenizer(path, {
    maxTokens: Number.POSITIVE_INFINITY,
    specialTokens: false,
    changes,
  });
  const counts = new Array<number>(pieces).fill(0);
  const onSkip: ReadOptions["onSkip"] = (error) => onEvent?.({ kind: "skipped", error });
  let done = 0;
  for (const input of texts) {
    for await (const batch of readSentences(input, { ...read, signal, onSkip })) {
      const { ids } = await tokenize(batch.map(({ text }) => text));
      for (const text of ids) for (const piece of text) counts[piece]++;
      done += batch.length;
      onEvent?.({ kind: "progress", stage: "count", done, unit: "lines" });
    }
  }
  return counts;
}

/** The pieces that the tokenizer needs, and this many others, the most used (ties by number); ascending. */
function mostUsed(counts: readonly number[], json: TokenizerJson, vocabulary: number): number[] {
  const needed = new Set(json.added_tokens?.map(({ id }) => id));
  const { unknown } = vocabularyOf(json);
  if (unknown !== undefined) needed.add(unknown);
  const others = [...counts.keys()].filter((piece) => !needed.has(piece));
  others.sort((a, b) => counts[b] - counts[a] || a - b);
  return [...needed, ...others.slice(0, vocabulary)].sort((a, b) => a - b);
}
