import { Parser } from "htmlparser2";
import type { PageHead } from "../../types/texts.js";
import { BlockBuilder } from "./block-builder.js";
import { HeadBuilder } from "./head-builder.js";
import type { HtmlBlock } from "./html-block.js";

/** The parser's time grows with the square of the depth; no page that a person wrote comes near. */
const MAX_DEPTH = 5000;

/** So much is parsed before the depth is looked at. */
const STEP_CHARACTERS = 64 * 1024;

/** All that a page says, its menus too. */
export interface ParsedPage {
  blocks: HtmlBlock[];
  head: PageHead;
}

/**
 * All blocks of visible text of an HTML page, in its order, and what its head says. What is nested deeper than 5,000 elements ends it.
 *
 * @param cut whether the block that nothing ends is left out
 */
export function parsePage(html: string, cut = false): ParsedPage {
  const builder = new BlockBuilder();
  const head = new HeadBuilder();
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        builder.open(name, attributes);
        head.open(name, attributes);
      },
      onclosetag: (name) => {
        builder.close(name);
        head.close(name);
      },
      ontext: (text) => {
        builder.add(text);
        head.add(text);
      },
    },
    { decodeEntities: true },
  );
  for (let start = 0; start < html.length && builder.depth <= MAX_DEPTH; start += STEP_CHARACTERS) {
    parser.write(html.slice(start, start + STEP_CHARACTERS));
  }
  return { blocks: builder.finish(cut), head: head.finish() };
}
