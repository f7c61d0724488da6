import { chooseContent } from "./choose-content.js";
import { parseBlocks } from "./parse-blocks.js";

/** The blocks of a page's content: paragraphs, headings, list items, cells and lines, in its order. */
export function readHtml(html: string): string[] {
  return chooseContent(parseBlocks(html)).map(({ text }) => text);
}
