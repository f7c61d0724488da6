import { addPlace } from "../../../pages/add-place.js";
import { AddressIndex, type Candidate } from "../../../pages/address-candidates.js";
import { addressKey } from "../../../pages/address-key.js";
import { type LanguageMarks, languageMarks } from "../../../pages/language-marks.js";
import { searchExact } from "../../../search/exact.js";
import { inMemory } from "../../../search/in-memory.js";
import type { TextPage } from "../../../types/pages.js";
import type { SideName } from "../../../types/texts.js";
import type { Vectors } from "../../../types/vectors.js";

/** Pages of the other side that are looked at for each, in both directions. */
const NEAREST = 4;

/** The pages of both sides. */
export type Pages = Readonly<Record<SideName, readonly TextPage[]>>;

/** The languages' marks in the addresses of all pages. */
export function marksOf({ source, target }: Pages): LanguageMarks {
  const languages = new Set<string>();
  for (const { language, hreflang } of [...source, ...target])
    for (const code of [language, ...Object.keys(hreflang)]) if (code !== undefined) languages.add(code);
  return languageMarks([...languages].sort());
}

/** Pairs of pages that their addresses bring together. */
export function candidatesByAddress({ source, target }: Pages, marks: LanguageMarks): Candidate[] {
  const index = new AddressIndex(marks);
  for (const [number, page] of source.entries()) index.addSource(page, number);
  return target.flatMap((page, number) => index.sourcesOf(page).map((found): Candidate => [found, number]));
}

/** The name of each page's host without marks of languages; undefined for a page without an address. */
export function hostsOf(pages: readonly TextPage[], marks: LanguageMarks): (string | undefined)[] {
  return pages.map(({ url }) => (url === undefined ? undefined : addressKey(url, marks)?.host));
}

/** Pairs of pages that are among each other's nearest: of all pages, or of those with the same host. */
export async function candidatesByVector(
  vectors: Readonly<Record<SideName, Vectors>>,
  hosts: Readonly<Record<SideName, readonly (string | undefined)[]>> | undefined,
  options: { threads?: number; signal?: AbortSignal },
): Promise<Candidate[]> {
  const { source, target } = vectors;
  if (!hosts) return nearestOf(source, target, options);
  const found: Candidate[] = [];
  const [sources, targets] = [placesOf(hosts.source), placesOf(hosts.target)];
  for (const [host, rows] of sources) {
    const columns = targets.get(host);
    if (!columns) continue;
    const near = await nearestOf(take(source, rows), take(target, columns), options);
    for (const [row, column] of near) found.push([rows[row], columns[column]]);
  }
  return found;
}

async function nearestOf(
  source: Vectors,
  target: Vectors,
  { threads, signal }: { threads?: number; signal?: AbortSignal },
): Promise<Candidate[]> {
  const { forward, backward } = await searchExact(inMemory(source), inMemory(target), {
    k: NEAREST,
    threads,
    signal,
  });
  const found: Candidate[] = [];
  const [ahead, back] = [Math.min(NEAREST, target.rows), Math.min(NEAREST, source.rows)];
  for (const [at, column] of forward.indices.entries()) found.push([Math.floor(at / ahead), column]);
  for (const [at, row] of backward.indices.entries()) found.push([row, Math.floor(at / back)]);
  return found.filter(([row, column]) => row >= 0 && column >= 0);
}

function take({ dimensions, data }: Vectors, rows: readonly number[]): Vectors {
  const taken = new Float32Array(rows.length * dimensions);
  for (const [to, row] of rows.entries())
    taken.set(data.subarray(row * dimensions, (row + 1) * dimensions), to * dimensions);
  return { rows: rows.length, dimensions, data: taken };
}

function placesOf(hosts: readonly (string | undefined)[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [place, host] of hosts.entries()) if (host !== undefined) addPlace(places, host, place);
  return places;
}
