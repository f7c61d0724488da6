const LETTER = /\p{Alphabetic}/u;

/** Whether a repeat, all of it, has at least so many characters between the spaces at its ends, a letter among them. */
export function isLongRepeat(repeat: string, least: number): boolean {
  const text = repeat.trim();
  return text.length >= least && Array.from(text).length >= least && LETTER.test(text);
}
