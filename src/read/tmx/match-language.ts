/**
 * How well a variant's language is the one that is asked for, 0 if it is not: `de` is `de`, then `de-DE`; `de-AT` is
 * `de-AT`, then plain `de`, and never `de-DE`.
 */
export function matchLanguage(asked: string, found: string): number {
  const [a, b] = [fold(asked), fold(found)];
  if (a === b) return 3;
  if (b.startsWith(`${a}-`)) return 2;
  return a.startsWith(`${b}-`) ? 1 : 0;
}

/** Tools write `de-DE`, `DE-DE` and `de_DE`. */
const fold = (tag: string) => tag.trim().toLowerCase().replaceAll("_", "-");
