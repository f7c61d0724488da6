import { toField } from "./field.js";

/** How extracted sentences can be written. */
export const SENTENCE_FORMATS = ["jsonl", "tsv", "txt"] as const;
/** How extracted sentences are written. */
export type SentenceFormat = (typeof SENTENCE_FORMATS)[number];

/** What all sentences of a document have in common. */
export interface Origin {
  /** The input, as its user calls it. */
  file: string;
  /** Where its record begins there. */
  offset: number;
  url?: string;
  id?: string;
}

/** A sentence and its place in a document; blocks and the sentences of a block count from 1. */
export interface PlacedSentence {
  text: string;
  language: string;
  /** Of the identification, 0 to 1. */
  score: number;
  block: number;
  sentence: number;
}

type Format = (origin: Origin) => (sentence: PlacedSentence) => string;

/** @returns for each document what makes a line of one of its sentences */
export function formatSentences(format: SentenceFormat): Format {
  return FORMATS[format];
}

const FORMATS: Record<SentenceFormat, Format> = {
  jsonl: formatJsonl,
  tsv: formatTsv,
  txt:
    () =>
    ({ text }) =>
      `${toField(text)}\n`,
};

/** The fields text, language, score, url, id, file, offset, block, sentence; null for what is not known. */
function formatJsonl({ url = null, id = null, file, offset }: WithNull<Origin>) {
  const origin = JSON.stringify({ url, id, file, offset }).slice(1, -1);
  return ({ text, language, score, block, sentence }: PlacedSentence) =>
    `{"text":${JSON.stringify(text)},"language":"${language}","score":${round(score)},${origin},"block":${block},"sentence":${sentence}}\n`;
}

/** The same as columns in this order, the text first; empty for what is not known. */
function formatTsv({ url = "", id = "", file, offset }: Origin) {
  const origin = [url, id, file, String(offset)].map(toField).join("\t");
  return ({ text, language, score, block, sentence }: PlacedSentence) =>
    `${toField(text)}\t${language}\t${round(score)}\t${origin}\t${block}\t${sentence}\n`;
}

type WithNull<T> = { [K in keyof T]: undefined extends T[K] ? T[K] | null : T[K] };

/** Four decimals tell scores apart. */
export const round = (score: number) => Math.round(score * 1e4) / 1e4;
