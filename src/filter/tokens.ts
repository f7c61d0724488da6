/** Runs of letters, marks and digits; of scripts that part no words, each character. */
const TOKEN =
  /[\p{Script=Han}\p{Script=Hira}\p{Script=Kana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmr}\p{Script=Mymr}]\p{M}*|(?:(?![\p{Script=Han}\p{Script=Hira}\p{Script=Kana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmr}\p{Script=Mymr}])[\p{L}\p{M}\p{Nd}])+/gu;

/** The words of a text in lower case, in their order, without punctuation. */
export function tokensOf(text: string): string[] {
  return text.toLowerCase().match(TOKEN) ?? [];
}

/** All runs of `size` tokens, each joined by spaces. */
export function ngramsOf(tokens: readonly string[], size: number): string[] {
  const ngrams: string[] = [];
  for (let i = 0; i + size <= tokens.length; i++) ngrams.push(tokens.slice(i, i + size).join(" "));
  return ngrams;
}
