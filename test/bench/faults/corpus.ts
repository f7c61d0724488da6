import { randomNumbers } from "../../random.js";

/** Texts that translate each other line by line, some twice, some on one side alone. */
export interface Corpus {
  source: string[];
  target: string[];
}

const SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu".split(" ");

/** Made-up words with the same stem in both languages, so that `ngram` finds what belongs together. */
export function makeCorpus(lines: number, seed: number): Corpus {
  const next = randomNumbers(seed);
  const draw = <T>(items: readonly T[]) => items[Math.floor(next() * items.length)];
  const stems = Array.from({ length: 400 }, () => draw(SYLLABLES) + draw(SYLLABLES) + draw(SYLLABLES));
  const source: string[] = [];
  const target: string[] = [];
  for (let line = 0; line < lines; line++) {
    const words = Array.from({ length: 5 + Math.floor(next() * 8) }, () => draw(stems));
    source.push(line % 50 === 49 ? source[line - 7] : `${words.map((word) => `${word}en`).join(" ")} ß.`);
    target.push(line % 40 === 39 ? `${draw(stems)} only é here ${line}` : `${words.join("o ")} €.`);
  }
  return { source, target };
}

export const linesOf = (texts: readonly string[]) => texts.map((text) => `${text}\n`).join("");

export const tsvOf = ({ source, target }: Corpus) =>
  linesOf(source.map((text, i) => `${text}\t${target[i]}`));
