const TOKEN = /<!--|<!\[CDATA\[|<tu(?=[\s/>])/g;

/** Longer than any token here. */
const HELD = 16;

/** How far a comment's end is looked for: one that is longer has probably none. */
const LONGEST_COMMENT = 64 * 1024;

/**
 * Looks for the next `<tu>` in the text of a document that is amid anything; one in a comment or a CDATA section is none.
 *
 * @param isLast whether no more text follows
 * @returns where it stands; or how much of the text needs not be looked at again
 */
export function findUnit(text: string, isLast: boolean): { found: boolean; at: number } {
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const { 0: token, index } = match;
    if (token === "<tu") return { found: true, at: index };
    const end = token === "<!--" ? "--" : "]]>";
    const at = text.indexOf(end, TOKEN.lastIndex);
    const isOpen = at < 0 || at + 3 > text.length;
    if (isOpen && !isLast && text.length - index < LONGEST_COMMENT) return { found: false, at: index };
    // A section that another begins in has lost its end.
    const isWhole =
      at >= 0 && (end === "--" ? text[at + 2] === ">" : !text.slice(index + 9, at).includes(token));
    if (isWhole) TOKEN.lastIndex = at + 3;
  }
  return { found: false, at: isLast ? text.length : Math.max(0, text.length - HELD) };
}
