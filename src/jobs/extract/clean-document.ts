import type { FirstFault } from "../../clean/boilerplate/rules.js";
import type { LanguageIdentifier } from "../../clean/language/open-languages.js";
import { repairMojibake } from "../../clean/mojibake.js";
import { normaliseText } from "../../clean/normalise-text.js";
import type { SentenceSplitter } from "../../clean/sentences/open-splitter.js";
import type { TextDocument } from "../../types/texts.js";
import type { PlacedSentence } from "../../write/format-sentence.js";
import { count, type ExtractCounts } from "./counts.js";

/** What a thread opens once for all documents, and which sentences stay. */
export interface Cleaning {
  identify: LanguageIdentifier["identify"];
  splitSentences: SentenceSplitter["splitSentences"];
  firstFault: FirstFault;
  /** The output that a sentence of a language goes to; none for a language that is not asked for. */
  outputOf(language: string, text: string): string | undefined;
  minLanguageScore: number;
}

/**
 * The clean sentences of a document, in the languages asked for.
 *
 * A paragraph is identified to choose the rules that split it, and is left out if it is surely in another language;
 * each sentence is then identified by itself, since a paragraph may quote.
 */
export function* cleanDocument(
  { blocks }: TextDocument,
  { identify, splitSentences, firstFault, outputOf, minLanguageScore }: Cleaning,
  counts: ExtractCounts,
): Generator<PlacedSentence> {
  for (const [index, block] of blocks.entries()) {
    counts.blocks.read++;
    const repaired = repairMojibake(block);
    if (repaired !== block) counts.blocks.repaired++;
    const text = normaliseText(repaired);
    if (text === "") {
      count(counts.blocks.dropped, "empty");
      continue;
    }
    const whole = identify(text);
    if (whole.score >= minLanguageScore && outputOf(whole.language, text) === undefined) {
      count(counts.blocks.dropped, "other-language");
      continue;
    }
    let number = 0;
    for (const sentence of splitSentences(text, whole.language)) {
      number++;
      counts.sentences.read++;
      const fault = firstFault(sentence);
      if (fault !== undefined) {
        count(counts.sentences.dropped, fault);
        continue;
      }
      const { language, score } = sentence === text ? whole : identify(sentence);
      if (score < minLanguageScore) count(counts.sentences.dropped, "unsure-language");
      else if (outputOf(language, sentence) === undefined) count(counts.sentences.dropped, "other-language");
      else {
        counts.sentences.kept++;
        yield { text: sentence, language, score, block: index + 1, sentence: number };
      }
    }
  }
}
