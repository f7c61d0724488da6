import type { TextDocument } from "../../types/texts.js";
import type { Line } from "../lines.js";
import type { DocumentCounts } from "./document-counts.js";

/** A text without blank lines is cut, so that memory is bounded. */
const MAX_DOCUMENT_CHARACTERS = 1024 * 1024;

/**
 * The documents of a plain text: each line is a block, a blank line ends a document, and so does a line after the first
 * million of characters. `offset` is the number of the first line.
 */
export async function* readTextDocuments(
  groups: AsyncIterable<Line[]>,
  counts: DocumentCounts,
): AsyncGenerator<TextDocument> {
  let blocks: string[] = [];
  let characters = 0;
  let offset = 1;
  const take = (): TextDocument => {
    counts.read++;
    counts.kept++;
    const document = { blocks, offset };
    blocks = [];
    characters = 0;
    return document;
  };
  for await (const group of groups) {
    for (const { text, line } of group) {
      const block = text.trim();
      if (blocks.length > 0 && (block === "" || characters > MAX_DOCUMENT_CHARACTERS)) yield take();
      if (block === "") continue;
      if (blocks.length === 0) offset = line;
      blocks.push(block);
      characters += block.length;
    }
  }
  if (blocks.length > 0) yield take();
}
