/**
 * A line that says how a text is divided: `.EOA` of Bleualign, `.EOP` and `.EOS` of the Vanilla aligner, `<p>` of hunalign,
 * `<P>`, `<CHAPTER ID=1>` and `<SPEAKER …>` of Europarl, and the like.
 */
const MARK =
  /^(?:\.EO[APS]|<\/?(?:p|s|doc|text|article|chapter|speaker|section|div|body)(?:\s[^<>]*)?\/?>)$/i;

/** Whether a line, without spaces around it, is a mark and no sentence. */
export function isMark(line: string): boolean {
  return MARK.test(line);
}
