import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { randomNumbers } from "../random.js";
import { type ParallelRow, readParallel } from "./parallel.js";

/** Sentences as mining meets them: no headings, no paragraphs. */
const CHARACTERS = { least: 20, most: 250 };

/** Two texts of a language pair, and which of their lines translate each other. */
export interface Thirds {
  source: string;
  target: string;
  gold: string;
}

/** Where the texts of a language and English lie in a folder. */
export function placesOf(language: string, folder: string): Thirds {
  const place = (suffix: string) => join(folder, `${language}.${suffix}`);
  return { source: place("txt"), target: place("en.txt"), gold: place("gold") };
}

/**
 * Takes rows of `parallel/` apart, so that a third of each side has its translation on the other: source = thirds 1 and
 * 2, target = thirds 1 and 3, each shuffled; gold = third 1, by lines. Rows are drawn from all origins alike.
 */
export async function writeThirds(language: string, rows: number, places: Thirds): Promise<void> {
  const next = randomNumbers([...language].reduce((seed, letter) => 31 * seed + letter.charCodeAt(0), 0));
  const chosen = shuffle(distinct(await readParallel(language)), next).slice(0, rows);
  const third = Math.floor(chosen.length / 3);
  const numbers = [...chosen.keys()].slice(0, 3 * third);
  const source = shuffle(numbers.slice(0, 2 * third), next);
  const target = shuffle(
    numbers.filter((row) => row < third || row >= 2 * third),
    next,
  );
  const lineOf = new Map(target.map((row, line) => [row, line + 1]));
  const gold = source.flatMap((row, line) => (row < third ? [`${line + 1}\t${lineOf.get(row)}`] : []));
  const write = (path: string, lines: readonly string[]) =>
    writeFileSync(path, lines.map((line) => `${line}\n`).join(""));
  write(
    places.source,
    source.map((row) => chosen[row].other),
  );
  write(
    places.target,
    target.map((row) => chosen[row].english),
  );
  write(places.gold, gold);
}

/** Each text in one row alone, so that gold is all that is true. */
function distinct(rows: readonly ParallelRow[]): ParallelRow[] {
  const seen = { english: new Set<string>(), other: new Set<string>() };
  return rows
    .map(({ origin, english, other }) => ({ origin, english: english.trim(), other: other.trim() }))
    .filter(({ english, other }) => {
      const { length } = english;
      if (length < CHARACTERS.least || length > CHARACTERS.most || other === "") return false;
      if (seen.english.has(english) || seen.other.has(other)) return false;
      seen.english.add(english);
      seen.other.add(other);
      return true;
    });
}

function shuffle<T>(items: readonly T[], next: () => number): T[] {
  const shuffled = [...items];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]];
  }
  return shuffled;
}
