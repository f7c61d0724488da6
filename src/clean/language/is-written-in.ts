const LETTER = /\p{L}/gu;
const patterns = new Map<string, RegExp>();

/** Scripts that a text's characters do not tell apart; `chinese-script.ts` does. */
const CHINESE = ["Hans", "Hant"];

/** Whether a language's code names a script that letters are told apart by: sr-Latn does, and zh-Hans does not. */
export function namesLetters(code: string): boolean {
  const script = code.split("-")[1];
  return script !== undefined && !CHINESE.includes(script);
}

/**
 * Whether at least half of a text's letters are of the script that a language's code names; of one that names none, each
 * text is.
 *
 * @param code as `parseLanguage` gives it
 */
export function isWrittenIn(code: string, text: string): boolean {
  if (!namesLetters(code)) return true;
  const script = code.split("-")[1];
  let pattern = patterns.get(script);
  if (!pattern) {
    pattern = new RegExp(`\\p{Script=${script}}`, "gu");
    patterns.set(script, pattern);
  }
  return 2 * (text.match(pattern)?.length ?? 0) >= (text.match(LETTER)?.length ?? 0);
}
