import type { PageHead } from "../types/texts.js";
import { type Origin, type PlacedSentence, round } from "./format-sentence.js";

/** A page whose sentences stay together. */
export interface WrittenPage {
  origin: Origin;
  head?: PageHead;
  language: string;
  sentences: readonly PlacedSentence[];
}

/**
 * A line of JSON: url, id, file, offset, title, hreflang, language, score, blocks. A block is the list of its sentences, and
 * one of which none is left is not there. Null for what is not known.
 */
export function formatPage({ origin, head, language, sentences }: WrittenPage): string {
  const { url = null, id = null, file, offset } = origin;
  const { title = null, alternates = {} } = head ?? {};
  const score = round(meanScore(sentences));
  const page = { url, id, file, offset, title, hreflang: alternates, language, score };
  return `${JSON.stringify({ ...page, blocks: blocksOf(sentences) })}\n`;
}

/** How sure the language is, a character as heavy as another. */
function meanScore(sentences: readonly PlacedSentence[]): number {
  let [sum, characters] = [0, 0];
  for (const { text, score } of sentences) {
    sum += score * text.length;
    characters += text.length;
  }
  return sum / characters;
}

function blocksOf(sentences: readonly PlacedSentence[]): string[][] {
  const blocks: string[][] = [];
  let last: number | undefined;
  for (const { text, block } of sentences) {
    if (block !== last) blocks.push([]);
    blocks[blocks.length - 1].push(text);
    last = block;
  }
  return blocks;
}
