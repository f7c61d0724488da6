/**
 * How well a variant's language is the one that is asked for, 0 if it is not: `de` is `de` or `deu`, then `de-DE`; `de-AT`
 * is `de-AT`, then plain `de`, and never `de-DE`.
 */
export function matchLanguage(asked: string, found: string): number {
  const [a, b] = [fold(asked), fold(found)];
  if (a === b) return 3;
  if (b.startsWith(`${a}-`)) return 2;
  return a.startsWith(`${b}-`) ? 1 : 0;
}

const THREE_LETTERS = /^[a-z]{3}$/;
const folded = new Map<string, string>();

/** Tools write `de-DE`, `DE-DE`, `de_DE` and `deu`. */
function fold(tag: string): string {
  const known = folded.get(tag);
  if (known !== undefined) return known;
  const [language, ...rest] = tag.trim().toLowerCase().replaceAll("_", "-").split("-");
  const short = THREE_LETTERS.test(language) ? new Intl.Locale(language).language : language;
  const name = [short, ...rest].join("-");
  folded.set(tag, name);
  return name;
}
