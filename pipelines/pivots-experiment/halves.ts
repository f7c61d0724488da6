import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readRows } from "../criss-experiment/rows.js";
import { randomNumbers, shuffle } from "../criss-experiment/shuffle.js";

/** A text for each language, of which no pair is given, and gold. */
export interface Halves {
  /** Files, by language; English is `en`, and comes last, so that each language's pair with it is called `de-en`. */
  texts: Record<string, string>;
  /** `line⇥line` of each language with English, by `de-en`. */
  gold: Record<string, string>;
}

export const ENGLISH = "en";

/**
 * Takes sentences that many languages have apart: each language gets half of them by chance, in an order of its own, so
 * that half of each text has a translation in any other one. Of the English sentences those count that most languages have.
 *
 * @param files `origin⇥English⇥other`, by language
 * @param folder where the files go
 * @param most English sentences
 */
export async function takeHalves(
  files: Readonly<Record<string, string>>,
  folder: string,
  most: number,
): Promise<Halves> {
  const languages = Object.keys(files);
  const place = (name: string) => join(folder, name);
  const halves: Halves = {
    texts: Object.fromEntries([...languages, ENGLISH].map((language) => [language, place(language)])),
    gold: Object.fromEntries(
      languages.map((language) => [`${language}-${ENGLISH}`, place(`${language}.gold`)]),
    ),
  };
  if (Object.values(halves.gold).every((file) => existsSync(file))) return halves;

  const rows = new Map<string, Map<string, string>>();
  for (const [language, file] of Object.entries(files)) rows.set(language, new Map(await readRows(file)));
  const next = randomNumbers();
  const shared = mostShared([...rows.values()], next).slice(0, most);
  mkdirSync(folder, { recursive: true });
  const takeHalf = (some: string[]) => shuffle([...some], next).slice(0, Math.floor(some.length / 2));
  const english = takeHalf(shared);
  const lineOf = new Map(english.map((sentence, line) => [sentence, line + 1]));
  write(halves.texts[ENGLISH], english);
  for (const [language, translations] of rows) {
    const own = takeHalf(shared.filter((sentence) => translations.has(sentence)));
    write(
      halves.texts[language],
      own.map((sentence) => translations.get(sentence)!),
    );
    write(
      halves.gold[`${language}-${ENGLISH}`],
      own.flatMap((sentence, line) => (lineOf.has(sentence) ? [`${line + 1}\t${lineOf.get(sentence)}`] : [])),
    );
  }
  return halves;
}

/** English sentences, those first that most languages have; among equals by chance. */
function mostShared(rows: readonly Map<string, string>[], next: () => number): string[] {
  const counts = new Map<string, number>();
  for (const translations of rows)
    for (const sentence of translations.keys()) counts.set(sentence, (counts.get(sentence) ?? 0) + 1);
  return shuffle([...counts.keys()], next).sort((a, b) => counts.get(b)! - counts.get(a)!);
}

function write(path: string, lines: readonly string[]): void {
  writeFileSync(path, `${lines.join("\n")}\n`);
}
