import { nearTo } from "../../text/near-languages.js";
import { foldCapitals, foldCase } from "./fold-case.js";
import type { LanguageClassifier } from "./language-classifier.js";

/**
 * How much likelier a text is of one of some languages than of any other: p / (p + q), where p is the probability of
 * the likeliest of them and q that of the likeliest other one. Nothing where the text has no letter, no model knows
 * anything of it, or both are 0, as a model of one-vs-all may say.
 */
export type Likeness = (text: string) => number | undefined;

/** Where a code has its probability. */
interface Share {
  code: string;
  /** Numbers of the code's labels in the wide model, and in the exact one. */
  wide: number[];
  exact: number[];
}

const LETTER = /\p{L}/u;

/** What the second model says counts so much of the whole, and the first the rest: chosen on texts of neither. */
const SECOND = 0.7;

/**
 * Asks two models: one that knows many languages, and one that knows few of them better. The second counts more, and the
 * less the surer the first is that the text is of a language which the second does not know.
 *
 * @param exact given no model, the wide one answers alone
 */
export function openLikeness(
  accepted: ReadonlySet<string>,
  wide: LanguageClassifier,
  better?: LanguageClassifier,
): Likeness {
  // A model that does not know what is asked for takes it for something else.
  const exact = better?.codes.some((code) => accepted.has(baseOf(code))) ? better : undefined;
  const shares = listShares(wide, exact);
  const inside = new Set(exact?.codes.flatMap((code) => [...nearTo(code)]));
  const outside = wide.codes.flatMap((code, label) => (inside.has(baseOf(code)) ? [] : [label]));
  const isAccepted = shares.map(({ code }) => accepted.has(code) || accepted.has(baseOf(code)));
  return (given) => {
    // Models know digits and signs by the languages that they were seen with.
    if (!LETTER.test(given)) return undefined;
    // The exact model has seen small letters alone.
    const text = exact ? foldCase(given) : foldCapitals(given);
    const found = wide.all(text);
    const known = exact?.all(text);
    if (!found && !known) return undefined;
    const trust = known && found ? 1 - surelyOutside(found, outside) : 1;
    let [wanted, other] = [0, 0];
    for (let i = 0; i < shares.length; i++) {
      const { wide, exact } = shares[i];
      const a = found ? sumOf(found, wide) : 0;
      const b = known ? trust * sumOf(known, exact) : 0;
      const share = found && known && exact.length > 0 ? (1 - SECOND) * a + SECOND * b : a + b;
      if (isAccepted[i]) wanted = Math.max(wanted, share);
      else if (share > other) other = share;
    }
    return wanted + other === 0 ? undefined : wanted / (wanted + other);
  };
}

function listShares(wide: LanguageClassifier, exact?: LanguageClassifier): Share[] {
  const shares = new Map<string, Share>();
  const add = (codes: readonly string[], of: "wide" | "exact") => {
    for (const [label, code] of codes.entries()) {
      const share = shares.get(code) ?? { code, wide: [], exact: [] };
      share[of].push(label);
      shares.set(code, share);
    }
  };
  add(wide.codes, "wide");
  if (exact) add(exact.codes, "exact");
  return [...shares.values()];
}

function sumOf(values: Float32Array, at: readonly number[]): number {
  let sum = 0;
  for (const i of at) sum += values[i];
  return sum;
}

/** From 0, where no language that the exact model does not know is likelier than not, to 1, where one is certain. */
function surelyOutside(found: Float32Array, outside: readonly number[]): number {
  let highest = 0;
  for (const label of outside) highest = Math.max(highest, found[label]);
  return Math.max(0, 2 * highest - 1);
}

const baseOf = (code: string) => code.split("-")[0];
