import { openLanguages } from "../../clean/language/open-languages.js";
import type { PairLanguages } from "../../report/model.js";

/** So many pairs are enough to tell languages by. */
export const LANGUAGES_OF = 1000;

const SHOWN = 20;

/** Tells the languages of some pairs by fastText's model, and counts them. */
export async function countLanguages(
  pairs: Iterable<{ source: string; target: string }>,
): Promise<PairLanguages> {
  const languages = await openLanguages();
  const counts = new Map<string, { source: string; target: string; pairs: number }>();
  let of = 0;
  for (const pair of pairs) {
    const source = languages.identify(pair.source).language;
    const target = languages.identify(pair.target).language;
    const key = `${source} ${target}`;
    const known = counts.get(key) ?? { source, target, pairs: 0 };
    known.pairs++;
    counts.set(key, known);
    of++;
  }
  const byPairs = [...counts].sort(([a, one], [b, other]) => other.pairs - one.pairs || (a < b ? -1 : 1));
  return { of, counts: byPairs.slice(0, SHOWN).map(([, count]) => count) };
}
