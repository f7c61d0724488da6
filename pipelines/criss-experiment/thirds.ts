import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Row, readRows } from "./rows.js";
import { randomNumbers, shuffle } from "./shuffle.js";

/** Two texts without a pair, and which of their lines are known to translate each other. */
export interface Thirds {
  english: string;
  other: string;
  /** `line⇥line`, the other language's first. */
  gold: string;
  /** `other⇥English` of the rows that are in neither text. */
  aside: string;
  /** `other⇥English` of the third of which the English side alone is in a text. */
  untranslated: string;
}

export interface ThirdsOptions {
  /** Rows that are used; of more, so many at random. */
  rows: number;
  /** Of which origin (the first column) they are. @default any */
  origin?: string;
  /** How many of them are set aside first. @default 0 */
  aside?: number;
}

/**
 * Takes translation pairs apart, so that what a loop finds can be checked: of three thirds of the rows English gets the
 * first and second, the other language the first and third, each in an order of its own. The first third is gold.
 *
 * @param file `origin⇥English⇥other`
 * @param folder where the files go
 */
export async function takeApart(
  file: string,
  folder: string,
  { rows: most, origin, aside = 0 }: ThirdsOptions,
): Promise<Thirds> {
  const thirds = {
    english: join(folder, "english"),
    other: join(folder, "other"),
    gold: join(folder, "gold"),
    aside: join(folder, "aside.tsv"),
    untranslated: join(folder, "untranslated.tsv"),
  };
  if (existsSync(thirds.gold)) return thirds;
  const next = randomNumbers();
  const rows = shuffle(await readRows(file, origin), next).slice(0, most);
  const spare = rows.splice(0, aside);
  const third = Math.floor(rows.length / 3);
  const both = Array.from({ length: 2 * third }, (_, i) => i);
  const [english, other] = [shuffle([...both], next), shuffle([...both], next)];
  const lineOf = new Map(english.map((row, line) => [row, line + 1]));
  const gold = other.flatMap((row, line) => (row < third ? [`${line + 1}\t${lineOf.get(row)}`] : []));

  mkdirSync(folder, { recursive: true });
  const write = (path: string, lines: string[]) => writeFileSync(path, `${lines.join("\n")}\n`);
  const pairsOf = (some: Row[]) => some.map(([english, other]) => `${other}\t${english}`);
  write(thirds.aside, pairsOf(spare));
  write(thirds.untranslated, pairsOf(rows.slice(third, 2 * third)));
  write(
    thirds.english,
    english.map((row) => rows[row][0]),
  );
  write(
    thirds.other,
    other.map((row) => rows[row < third ? row : row + third][1]),
  );
  write(thirds.gold, gold);
  return thirds;
}
