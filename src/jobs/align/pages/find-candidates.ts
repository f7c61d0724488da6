import { addPlace } from "../../../pages/add-place.js";
import { AddressIndex } from "../../../pages/address-candidates.js";
import { addressKey } from "../../../pages/address-key.js";
import { type LanguageMarks, languageMarks } from "../../../pages/language-marks.js";
import { type PairKey, pairKey } from "../../../pages/page-candidates.js";
import { searchExact } from "../../../search/exact.js";
import type { TextPage } from "../../../types/pages.js";
import type { SideName } from "../../../types/texts.js";
import type { VectorRows } from "../../../types/vectors.js";

/** Pages of the other side that are looked at for each, in both directions. */
const NEAREST = 4;

/** The nearest of so many pages are found at a time. */
const HELD_PAGES = 2048;

/** The pages of both sides, gone through more than once. */
export type Pages = Readonly<Record<SideName, Iterable<TextPage>>>;

/** The languages' marks in the addresses of all pages. */
export function marksOf({ source, target }: Pages): LanguageMarks {
  const languages = new Set<string>();
  for (const pages of [source, target])
    for (const { language, hreflang } of pages)
      for (const code of [language, ...Object.keys(hreflang)]) if (code !== undefined) languages.add(code);
  return languageMarks([...languages].sort());
}

/** Pairs of pages that their addresses bring together. @param targets pages of the target */
export function candidatesByAddress(
  { source, target }: Pages,
  marks: LanguageMarks,
  targets: number,
): PairKey[] {
  const index = new AddressIndex(marks);
  let sources = 0;
  for (const page of source) index.addSource(page, sources++);
  const found: PairKey[] = [];
  let number = 0;
  for (const page of target) {
    for (const one of index.sourcesOf(page)) found.push(pairKey(one, number, targets));
    number++;
  }
  return found;
}

/** The name of each page's host without marks of languages; undefined for a page without an address. */
export function hostsOf(pages: Iterable<TextPage>, marks: LanguageMarks): (string | undefined)[] {
  return Array.from(pages, ({ url }) => (url === undefined ? undefined : addressKey(url, marks)?.host));
}

/** Pairs of pages that are among each other's nearest: of all pages, or of those with the same host. */
export async function candidatesByVector(
  vectors: Readonly<Record<SideName, VectorRows>>,
  hosts: Readonly<Record<SideName, readonly (string | undefined)[]>> | undefined,
  options: { threads?: number; signal?: AbortSignal },
): Promise<PairKey[]> {
  const { source, target } = vectors;
  const found: PairKey[] = [];
  if (!hosts) {
    for (const [row, column] of await nearestOf(source, target, options))
      found.push(pairKey(row, column, target.rows));
    return found;
  }
  const [sources, targets] = [placesOf(hosts.source), placesOf(hosts.target)];
  for (const [host, rows] of sources) {
    const columns = targets.get(host);
    if (!columns) continue;
    for (const [row, column] of await nearestOf(take(source, rows), take(target, columns), options))
      found.push(pairKey(rows[row], columns[column], target.rows));
  }
  return found;
}

async function nearestOf(
  source: VectorRows,
  target: VectorRows,
  { threads, signal }: { threads?: number; signal?: AbortSignal },
): Promise<Iterable<[row: number, column: number]>> {
  const { forward, backward } = await searchExact(source, target, {
    k: NEAREST,
    heldRows: HELD_PAGES,
    threads,
    signal,
  });
  const [ahead, back] = [Math.min(NEAREST, target.rows), Math.min(NEAREST, source.rows)];
  return (function* () {
    for (const [at, column] of forward.indices.entries())
      if (column >= 0) yield [Math.floor(at / ahead), column];
    for (const [at, row] of backward.indices.entries()) if (row >= 0) yield [row, Math.floor(at / back)];
  })();
}

/** Some rows, which are read one by one. */
function take({ dimensions, read }: VectorRows, rows: readonly number[]): VectorRows {
  return {
    rows: rows.length,
    dimensions,
    read: (start, end) => {
      const taken = new Float32Array((end - start) * dimensions);
      for (const [to, row] of rows.slice(start, end).entries())
        taken.set(read(row, row + 1), to * dimensions);
      return taken;
    },
  };
}

function placesOf(hosts: readonly (string | undefined)[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [place, host] of hosts.entries()) if (host !== undefined) addPlace(places, host, place);
  return places;
}
