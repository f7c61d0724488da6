/** Languages in which Bicleaner's hard rules take a character or two for a word. */
export const EAST_ASIAN: readonly string[] = ["zh", "ja", "ko", "yue", "bo"];
