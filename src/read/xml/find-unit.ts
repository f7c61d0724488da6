/** The names of the elements at which reading can go on. */
export type UnitNames = readonly string[];

/** Longer than any token here that has no name. */
const HELD = 32;

/** How far a comment's end is looked for: one that is longer has probably none. */
const LONGEST_COMMENT = 64 * 1024;

/**
 * Looks for the next unit in the text of a document that is amid anything; one in a comment or a CDATA section is none.
 *
 * @param names as the document writes them, with their prefixes
 * @param isLast whether no more text follows
 * @returns where it stands; or how much of the text needs not be looked at again
 */
export function findUnit(text: string, names: UnitNames, isLast: boolean): { found: boolean; at: number } {
  const held = HELD + Math.max(...names.map(({ length }) => length));
  const units = names.map((name) => name.replaceAll(".", "\\."));
  const tokens = new RegExp(`<!--|<!\\[CDATA\\[|<(?:${units.join("|")})(?=[\\s/>])`, "g");
  for (let match = tokens.exec(text); match; match = tokens.exec(text)) {
    const { 0: token, index } = match;
    if (!token.startsWith("<!")) return { found: true, at: index };
    const end = token === "<!--" ? "--" : "]]>";
    const at = text.indexOf(end, tokens.lastIndex);
    const isOpen = at < 0 || at + 3 > text.length;
    if (isOpen && !isLast && text.length - index < LONGEST_COMMENT) return { found: false, at: index };
    // A section that another begins in has lost its end.
    const isWhole =
      at >= 0 && (end === "--" ? text[at + 2] === ">" : !text.slice(index + 9, at).includes(token));
    if (isWhole) tokens.lastIndex = at + 3;
  }
  return { found: false, at: isLast ? text.length : Math.max(0, text.length - held) };
}
