import { inTemporaryFolder } from "../../../store/files/temporary-folder.js";
import { halvesOf, openHash } from "../../../store/hashes/hash-text.js";
import { Spill } from "../../../store/hashes/spill.js";
import type { StoredPages } from "./stored-pages.js";

/** For the hashes of sentences; what is more goes to files. */
const MEMORY_BYTES = 64 * 2 ** 20;

/**
 * On how many pages of a side each of its sentences stands, by 64-bit hashes of the texts. Memory: 8 bytes a sentence, and
 * 64 MiB.
 */
export async function countPages(pages: StoredPages, signal?: AbortSignal): Promise<Uint32Array> {
  return await inTemporaryFolder((folder) => countWithin(pages, folder, signal));
}

async function countWithin(
  pages: StoredPages,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<Uint32Array> {
  const hash = await openHash();
  const sentences = pages.texts.length;
  // Of each sentence an equal one before it, or itself; then, of each first one, its pages.
  const firsts = new Uint32Array(sentences);
  const counts = new Uint32Array(sentences);
  const count = (first: number, sentence: number) => {
    firsts[sentence] = first;
    counts[first]++;
  };
  const options = { folder, memoryBytes: MEMORY_BYTES };
  const spill = new Spill(options, { onFirst: (sentence) => count(sentence, sentence), onAgain: count });
  try {
    let sentence = 0;
    for (const { blocks } of pages) {
      signal?.throwIfAborted();
      const onPage = new Map<string, number>();
      for (const text of blocks.flat()) {
        const before = onPage.get(text);
        if (before === undefined) spill.add(...halvesOf(hash(text)), sentence);
        else firsts[sentence] = before;
        if (before === undefined) onPage.set(text, sentence);
        sentence++;
      }
    }
    await spill.finish(signal);
  } finally {
    spill.close();
  }
  // Backwards, so that those before are still as they were.
  for (let i = sentences - 1; i >= 0; i--) firsts[i] = counts[firsts[firsts[i]]];
  return firsts;
}
