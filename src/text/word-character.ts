/**
 * The characters of words as Unicode defines them for regular expressions (UTS #18, annex C), and Python's `regex` has
 * them: what a class of JavaScript with the flag u holds.
 */
export const WORD_CHARACTERS = "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}";
