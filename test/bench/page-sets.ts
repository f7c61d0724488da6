import { randomNumbers } from "../../src/statistics/random-numbers.js";
import type { GivenPage } from "../../src/types/pages.js";
import { readParallel } from "./parallel.js";

/** Documents of `parallel/` whose rows stand in the order of their texts. */
const IN_ORDER = ["handbook", "instguide", "debianedu", "wesnoth"];

/** Pages of each kind on a side. */
const PAIRED = 280;
const ALONE = 60;
const COPIES = 60;

/** Sites, each with lines that stand on all its pages. */
const SITES = 10;
const SITE_LINES = 4;

/** Two sides of pages, and which of them translate each other. */
export interface PageSet {
  source: GivenPage[];
  target: GivenPage[];
  /** Numbers of pages of both sides. */
  gold: [source: number, target: number][];
}

/** A sentence in English and in the other language. */
type Row = readonly [english: string, other: string];

/**
 * 400 pages a side: 280 that translate each other but for a tenth of their sentences, a third of them with their blocks in
 * another order; 60 without a partner; and 60 copies of the 280, of whose sentences 30 to 70 per cent are others, for a
 * third of them on both sides of the same pages. All have lines of their sites; none has an address.
 *
 * @param language that of the source; the target is in English
 */
export async function makePageSet(language: string, seed = 1): Promise<PageSet> {
  const random = randomNumbers(seed);
  const below = (n: number) => Math.floor(random() * n);
  const documents = new Map<string, Row[]>();
  for (const { origin, english, other } of await readParallel(language)) {
    if (!IN_ORDER.includes(origin)) continue;
    const rows = documents.get(origin) ?? [];
    documents.set(origin, rows);
    rows.push([english, other]);
  }

  // Pages are stretches of documents; every third stretch gives what copies say in place of their originals.
  const stretches: Row[][] = [];
  const spare: Row[] = [];
  for (const rows of documents.values())
    for (let first = 0; first < rows.length; ) {
      const size = 5 + below(36);
      const stretch = rows.slice(first, first + size);
      if (below(6) === 0) spare.push(...stretch);
      else if (stretch.length >= 5) stretches.push(stretch);
      first += size;
    }
  shuffle(stretches, below);
  const needed = PAIRED + 2 * ALONE;
  if (stretches.length < needed + SITES)
    throw new Error(`${language}: ${stretches.length} pages of ${needed}`);
  const sites = Array.from({ length: SITES }, (_, i) => stretches[needed + i].slice(0, SITE_LINES));

  const write = (rows: readonly Row[], side: 0 | 1, site: number): GivenPage => {
    const kept = rows.filter(() => random() >= 0.1);
    const blocks: string[][] = [sites[site].slice(0, 2).map((row) => row[side])];
    for (let first = 0; first < kept.length; ) {
      const size = 1 + below(4);
      blocks.push(kept.slice(first, first + size).map((row) => row[side]));
      first += size;
    }
    blocks.push(sites[site].slice(2).map((row) => row[side]));
    return { blocks };
  };
  const reorder = ({ blocks }: GivenPage): GivenPage => {
    const inner = blocks.slice(1, -1);
    shuffle(inner, below);
    return { blocks: [blocks[0], ...inner, blocks[blocks.length - 1]] };
  };
  const copy = (rows: readonly Row[]): Row[] => {
    const share = 0.3 + 0.4 * random();
    return rows.map((row) => (random() < share ? spare[below(spare.length)] : row));
  };

  const [source, target]: { page: GivenPage; pair?: number }[][] = [[], []];
  for (let i = 0; i < PAIRED; i++) {
    const site = below(SITES);
    const translated = write(stretches[i], 0, site);
    source.push({ page: write(stretches[i], 1, site), pair: i });
    target.push({ page: i % 3 === 0 ? reorder(translated) : translated, pair: i });
  }
  for (let i = 0; i < ALONE; i++) {
    source.push({ page: write(stretches[PAIRED + 2 * i], 1, below(SITES)) });
    target.push({ page: write(stretches[PAIRED + 2 * i + 1], 0, below(SITES)) });
  }
  for (let i = 0; i < COPIES; i++) {
    source.push({ page: write(copy(stretches[i]), 1, below(SITES)) });
    target.push({ page: write(copy(stretches[i + (2 * COPIES) / 3]), 0, below(SITES)) });
  }
  shuffle(source, below);
  shuffle(target, below);
  const places = new Map(target.map(({ pair }, place) => [pair, place]));
  const gold = source.flatMap(({ pair }, place): [number, number][] =>
    pair === undefined ? [] : [[place, places.get(pair)!]],
  );
  return { source: source.map(({ page }) => page), target: target.map(({ page }) => page), gold };
}

function shuffle<T>(items: T[], below: (n: number) => number): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = below(i + 1);
    [items[i], items[j]] = [items[j], items[i]];
  }
}
