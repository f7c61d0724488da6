import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeTextDump } from "../../dump.js";
import { randomNumbers } from "../../random.js";
import { readParallel } from "../parallel.js";

const SENTENCES_A_PAGE = 12;
/** Of ten pages, how many stand in a second dump as well. */
const REPEATED = 2;

/**
 * Writes WET files of German, French and English pages, which share sentences that translate each other, some of them in
 * two files.
 *
 * @param count rows of parallel/ for each of the two languages
 * @returns their paths
 */
export async function writeDumps(folder: string, files: number, count: number): Promise<string[]> {
  const next = randomNumbers(1);
  const texts: string[] = [];
  for (const language of ["de", "fr"]) {
    const rows = shuffle(await readParallel(language), next).slice(0, count);
    // One translation in five is on no page.
    texts.push(...pagesOf(rows.filter(() => next() < 0.8).map(({ other }) => other)));
    texts.push(...pagesOf(rows.filter(() => next() < 0.8).map(({ english }) => english)));
  }
  const pages: string[][] = Array.from({ length: files }, () => []);
  for (const text of shuffle(texts, next)) {
    const at = Math.floor(next() * files);
    pages[at].push(text);
    if (next() * 10 < REPEATED) pages[(at + 1) % files].push(text);
  }
  return pages.map((own, file) => {
    const path = join(folder, `${file}.warc.wet.gz`);
    const number = (page: number) => file * 10_000 + page;
    writeFileSync(
      path,
      writeTextDump(own.map((text, i) => ({ url: `https://example.org/${number(i)}`, id: number(i), text }))),
    );
    return path;
  });
}

function pagesOf(sentences: readonly string[]): string[] {
  const count = Math.ceil(sentences.length / SENTENCES_A_PAGE);
  return Array.from({ length: count }, (_, page) =>
    sentences.slice(page * SENTENCES_A_PAGE, (page + 1) * SENTENCES_A_PAGE).join("\n"),
  );
}

function shuffle<T>(items: readonly T[], next: () => number): T[] {
  return items
    .map((item) => ({ item, at: next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
