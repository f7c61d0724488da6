/**
 * The identifier's code of a language as users type it: `de`, `deu`, `ger`, `de-DE`, `cmn`, `zh-TW`.
 *
 * @throws OptionError for one that the identifier does not know, with the nearest that it does
 */
export function parseLanguage(_typed: string): string {
  throw new Error("not written yet");
}
