/** What a terminal obeys, ends a line at, or reorders other letters by; and halves of characters. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/gu;
const SHORT: Readonly<Record<string, string>> = { "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/** The longest text that is shown whole: more than ours ever need, whatever they quote. */
const MOST = 2000;
/** Of one that is longer, most of the beginning, and the end. */
const BEGINNING = 1500;
const END = 400;

/**
 * A text as one line that a terminal shows and does not obey, whoever wrote it: control characters and those that turn
 * the direction of writing are escaped as in JSON, and the middle of a long text is left out. Of a text that it gave, it
 * changes nothing.
 */
export function printable(text: string): string {
  return shorten(escapeUnprintable(text));
}

/** Without what a terminal obeys, however long. */
export function escapeUnprintable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, "0");
    return SHORT[character] ?? `\\u${code}`;
  });
}

/** Leaves the middle of a long text out, and says how much. */
export function shorten(text: string): string {
  if (text.length <= MOST) return text;
  // No character is cut into halves.
  const beginning = text.slice(0, BEGINNING).replace(/[\ud800-\udbff]$/, "");
  const end = text.slice(-END).replace(/^[\udc00-\udfff]/, "");
  return `${beginning} … (${text.length - beginning.length - end.length} characters) … ${end}`;
}
