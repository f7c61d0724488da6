import { randomNumbers } from "../../src/statistics/random-numbers.js";

/** Sentences of both languages that translate each other. */
export type Row = readonly [source: string, target: string];

/** The paragraphs of a page, each the list of its sentences. */
export interface MadePage {
  blocks: string[][];
}

/** Two sides of pages, and which of their sentences translate each other. */
export interface TranslatedPages {
  source: MadePage[];
  target: MadePage[];
  /** `source⇥target`, sentences joined by spaces where two of one side are one of the other. */
  gold: Set<string>;
}

/**
 * Pages made of a text, each with a stretch of it. Of eight one is on the source's side alone, and one on the other. Of twenty
 * sentences each side lacks one, and joins one with the next; each page has a paragraph that the other one does not have.
 *
 * @param most sentences of the longest stretch; the shortest has a quarter of them
 * @param moved of so many pages of the target one has its paragraphs in another order
 */
export function translatedPages(
  rows: readonly Row[],
  { seed = 1, most = 40, moved = 3 } = {},
): TranslatedPages {
  const random = randomNumbers(seed);
  const below = (n: number) => Math.floor(random() * n);
  const eighth = Math.floor(rows.length / 8);
  const spare = [rows.slice(0, eighth), rows.slice(eighth, 2 * eighth)];
  const spared = [0, 0];
  const made: TranslatedPages = { source: [], target: [], gold: new Set() };
  for (let first = 2 * eighth; first + most <= rows.length; ) {
    const size = Math.floor(most / 4) + below(most - Math.floor(most / 4));
    const blocks = cutBlocks(rows.slice(first, first + size), below);
    first += size;
    const pages = ([0, 1] as const).map((side) => {
      const texts = blocks.map((block) => block.flatMap((unit) => unit[side]));
      if (side === 1 && made.target.length % moved === 0) shuffle(texts, below);
      const own = Array.from({ length: 3 }, () => spare[side][spared[side]++ % spare[side].length][side]);
      texts.splice(below(texts.length + 1), 0, own);
      return { blocks: texts.filter((block) => block.length > 0) };
    });
    const kind = below(8);
    if (kind !== 0) made.source.push(pages[0]);
    if (kind !== 1) made.target.push(pages[1]);
    if (kind > 1)
      for (const [x, y] of blocks.flat())
        if (x.length > 0 && y.length > 0) made.gold.add(`${x.join(" ")}\t${y.join(" ")}`);
  }
  shuffle(made.target, below);
  return made;
}

/** Sentences of both sides that translate each other as a whole, or of one side. */
type Unit = readonly [source: readonly string[], target: readonly string[]];

/** Paragraphs of two to six sentences. */
function cutBlocks(rows: readonly Row[], below: (n: number) => number): Unit[][] {
  const blocks: Unit[][] = [];
  for (let at = 0; at < rows.length; ) {
    const end = Math.min(rows.length, at + 2 + below(5));
    const block: Unit[] = [];
    while (at < end) {
      const [x, y] = rows[at++];
      const kind = below(20);
      if (kind < 2 && at < end) {
        const [nextX, nextY] = rows[at++];
        block.push(kind === 0 ? [[joined(x, nextX)], [y, nextY]] : [[x, nextX], [joined(y, nextY)]]);
      } else block.push([kind === 2 ? [] : [x], kind === 3 ? [] : [y]]);
    }
    blocks.push(block);
  }
  return blocks;
}

/** Two sentences as one, which nothing takes for two. */
const joined = (first: string, second: string) => `${first.replace(/[.!?]+$/, "")}; ${second}`;

function shuffle<T>(items: T[], below: (n: number) => number): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = below(i + 1);
    [items[i], items[j]] = [items[j], items[i]];
  }
}
