import { ASIDE, IN_FORM, IN_MAIN } from "./elements.js";
import type { HtmlBlock } from "./html-block.js";

/** A block made mostly of links is a menu, if the links are shorter than this; with longer links it is a headline. */
const MENU_LINK_SHARE = 0.5;
const HEADLINE_CHARACTERS = 30;
/** A block with fewer characters may be a label. */
const SENTENCE_CHARACTERS = 40;

const SENTENCE_END = /[.!?…。！？؟।][\p{Pf}\p{Pe}"']*$/u;

/**
 * The blocks that are content: those within `main` or `article`, if these hold a good part of the page; without menus,
 * forms and asides, unless nearly everything is in one.
 */
export function chooseContent(blocks: readonly HtmlBlock[]): HtmlBlock[] {
  let chosen = blocks.filter((block) => !isMenu(block));
  for (const wrapper of [IN_FORM, ASIDE]) {
    const outside = chosen.filter(({ place }) => !(place & wrapper));
    if (weigh(outside) * 3 >= weigh(chosen)) chosen = outside;
  }
  const main = chosen.filter(({ place }) => place & IN_MAIN);
  if (main.length > 0 && weigh(main) * 3 >= weigh(chosen)) chosen = main;
  return chosen;
}

function isMenu({ linkShare, links, text }: HtmlBlock): boolean {
  if (linkShare <= MENU_LINK_SHARE) return false;
  const characters = size(text);
  const isSentence = characters >= SENTENCE_CHARACTERS && SENTENCE_END.test(text);
  return !isSentence && characters < HEADLINE_CHARACTERS * links;
}

/** Characters of the blocks that can be sentences. */
function weigh(blocks: readonly HtmlBlock[]): number {
  let sum = 0;
  for (const { text } of blocks) {
    const characters = size(text);
    if (characters >= SENTENCE_CHARACTERS) sum += characters;
  }
  return sum;
}

/** Its length, an ideograph, a kana or a syllable of Hangul for three. */
function size(text: string): number {
  return text.length + 2 * (text.match(/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g)?.length ?? 0);
}
