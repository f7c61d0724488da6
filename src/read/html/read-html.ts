import { chooseContent } from "./choose-content.js";
import { parseBlocks } from "./parse-blocks.js";

/**
 * The blocks of a page's content: paragraphs, headings, list items, cells and lines, in its order.
 *
 * @param cut the page was cut short: what no element ends is left out
 */
export function readHtml(html: string, cut = false): string[] {
  return chooseContent(parseBlocks(html, cut)).map(({ text }) => text);
}
