/** What is wrong with a row that may go on in the next line. */
export const UNCLOSED = "opens a quote that nothing closes";

/**
 * The fields of a row of CSV, its quotes taken away and doubled ones made single.
 *
 * @param text the whole row; line breaks in it stand in quoted fields
 * @returns what is wrong, where it is not as RFC 4180 wants it
 */
export function parseCsvRow(text: string, separator: string): string[] | string {
  if (!text.includes('"')) return text.split(separator);
  const cells: string[] = [];
  for (let at = 0; ; at++) {
    let end: number;
    if (text[at] === '"') {
      const close = closingQuote(text, at + 1);
      cells.push(text.slice(at + 1, close).replaceAll('""', '"'));
      end = close + 1;
      if (close < 0) return UNCLOSED;
      if (end < text.length && text[end] !== separator)
        return "has text behind a closing quote; expected quotes in a field to be doubled";
    } else {
      end = text.indexOf(separator, at);
      if (end < 0) end = text.length;
      const cell = text.slice(at, end);
      if (cell.includes('"'))
        return "has a quote in a field that does not begin with one; expected the field in quotes, and its quotes doubled";
      cells.push(cell);
    }
    if (end >= text.length) return cells;
    at = end;
  }
}

/** Where the next quote stands that is not doubled; below 0 if there is none. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}
