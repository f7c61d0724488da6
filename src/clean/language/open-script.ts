const LETTER = /\p{L}/gu;

/** Scripts that a text's characters do not tell apart; `chinese-script.ts` does. */
const CHINESE = ["Hans", "Hant"];

/** Whether a language's code names a script that letters are told apart by: sr-Latn does, and zh-Hans does not. */
export function namesLetters(code: string): boolean {
  const script = code.split("-")[1];
  return script !== undefined && !CHINESE.includes(script);
}

/**
 * Tells whether at least half of a text's letters are of the script that a language's code names; of one that names none,
 * each text is.
 *
 * @param code as `parseLanguage` gives it
 */
export function openScript(code: string): (text: string) => boolean {
  if (!namesLetters(code)) return () => true;
  const pattern = new RegExp(`\\p{Script=${code.split("-")[1]}}`, "gu");
  return (text) => 2 * (text.match(pattern)?.length ?? 0) >= (text.match(LETTER)?.length ?? 0);
}
