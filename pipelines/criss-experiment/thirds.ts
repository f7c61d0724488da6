import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readSentences } from "../../src/index.js";

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

type Row = readonly [english: string, other: string];

/** Shorter sentences say too little, and longer ones are cut anyway. */
const [LEAST_CHARACTERS, MOST_CHARACTERS] = [12, 400];

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

/** Rows of which no side stands in another row, so that gold is all that is true. */
async function readRows(file: string, origin?: string): Promise<Row[]> {
  const rows: Row[] = [];
  const seen = new Set<string>();
  for await (const batch of readSentences(file, { format: "text" }))
    for (const { text } of batch) {
      const [from, english, other] = text.split("\t").map((field) => field.trim());
      if (origin !== undefined && from !== origin) continue;
      const sides = [english, other];
      if (sides.some(({ length }) => length < LEAST_CHARACTERS / 2 || length > MOST_CHARACTERS)) continue;
      if (english.length < LEAST_CHARACTERS || sides.some((side) => seen.has(side))) continue;
      for (const side of sides) seen.add(side);
      rows.push([english, other]);
    }
  return rows;
}

function shuffle<T>(items: T[], next: () => number): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [items[i], items[j]] = [items[j], items[i]];
  }
  return items;
}

/** Numbers from 0 to below 1 by a linear congruence (Knuth's MMIX), the same each time. */
function randomNumbers(): () => number {
  let state = 1n;
  return () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number(state >> 32n) / 2 ** 32;
  };
}
