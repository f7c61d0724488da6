import type { TextDocument } from "../../types/texts.js";
import { formatPage } from "../../write/format-page.js";
import { formatSentences, type PlacedSentence } from "../../write/format-sentence.js";
import { count, type ExtractCounts } from "./counts.js";
import type { ExtractSettings } from "./options.js";

/** A line that may be written, and what decides whether it is. */
export interface DocumentLine {
  line: string;
  /** The output that it would go to. */
  output: string;
  /** What it says: of the same text only the first line stays. */
  text: string;
  /** How many sentences it holds. */
  sentences: number;
}

/** A document, what cleaning kept of it, and what goes with it into a line. */
export interface CleanedDocument extends TextDocument {
  /** The input, as its user calls it. */
  file: string;
  sentences: readonly PlacedSentence[];
  outputOf(sentence: PlacedSentence): string;
}

/** The lines of a document: one for each sentence, or one for all that are in the page's language. */
export function linesOf(
  document: CleanedDocument,
  { unit, outputFormat }: Pick<ExtractSettings["file"], "unit" | "outputFormat">,
  counts: ExtractCounts,
): Iterable<DocumentLine> {
  if (unit === "page") return pageLines(document, counts);
  const toLine = formatSentences(outputFormat)(document);
  return document.sentences.map((sentence) => ({
    line: toLine(sentence),
    output: document.outputOf(sentence),
    text: sentence.text,
    sentences: 1,
  }));
}

function pageLines(document: CleanedDocument, counts: ExtractCounts): DocumentLine[] {
  counts.pages ??= { read: 0, kept: 0, dropped: {} };
  counts.pages.read++;
  const output = mainOutput(document);
  if (output === undefined) {
    count(counts.pages.dropped, "no-sentence");
    return [];
  }
  counts.pages.kept++;
  const sentences = document.sentences.filter((sentence) => document.outputOf(sentence) === output);
  const others = document.sentences.length - sentences.length;
  counts.sentences.kept -= others;
  for (let i = 0; i < others; i++) count(counts.sentences.dropped, "not-the-page's-language");
  const { file, offset, url, id, head } = document;
  const line = formatPage({ origin: { file, offset, url, id }, head, language: output, sentences });
  const text = sentences.map((sentence) => sentence.text).join("\n");
  return [{ line, output, text, sentences: sentences.length }];
}

/** The output that most of the text would go to; of two that have as much, the first that comes. */
function mainOutput({ sentences, outputOf }: CleanedDocument): string | undefined {
  const characters = new Map<string, number>();
  for (const sentence of sentences) {
    const output = outputOf(sentence);
    characters.set(output, (characters.get(output) ?? 0) + sentence.text.length);
  }
  let main: string | undefined;
  for (const [output, n] of characters) if (main === undefined || n > characters.get(main)!) main = output;
  return main;
}
