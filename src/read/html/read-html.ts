import type { PageHead } from "../../types/texts.js";
import { chooseContent } from "./choose-content.js";
import { parsePage } from "./parse-page.js";

/** What a page says. */
export interface HtmlPage {
  /** Its content: paragraphs, headings, list items, cells and lines, in its order. */
  blocks: string[];
  head: PageHead;
}

/** @param cut the page was cut short: what no element ends is left out */
export function readHtml(html: string, cut = false): HtmlPage {
  const { blocks, head } = parsePage(html, cut);
  return { blocks: chooseContent(blocks).map(({ text }) => text), head };
}
