import { join } from "node:path";
import type { JobEvent } from "../../../events.js";
import type { Candidate } from "../../../pages/address-candidates.js";
import { matchPages, type PagePairing } from "../../../pages/match-pages.js";
import type { SideName } from "../../../types/texts.js";
import { warning } from "../../../wording.js";
import { comparePages } from "./compare-pages.js";
import { candidatesByAddress, candidatesByVector, hostsOf, marksOf } from "./find-candidates.js";
import type { PagePair, SettledOptions } from "./options.js";
import type { PageVectors } from "./page-vectors.js";
import { vectorsOfPages } from "./vectors-of-pages.js";

/** Two pages, by their numbers, that translate each other. */
export type FoundPair = PagePairing & Pick<PagePair, "by">;

/** Pairs of pages in the order of the source, and how many were compared. */
export interface FoundPairs {
  pairs: readonly FoundPair[];
  candidates: number;
}

interface FindPairsOptions extends SettledOptions {
  /** Where the pages' vectors lie while they are needed. */
  folder: string;
  onEvent: (event: JobEvent) => void;
}

/** Compares the pages that may belong together, and takes those that do. */
export async function findPairs(
  vectors: Readonly<Record<SideName, PageVectors>>,
  options: FindPairsOptions,
): Promise<FoundPairs> {
  const { candidates, isAddressed } = await findCandidates(vectors, options);
  const scored = await comparePages(candidates, vectors, options);
  const pairs = matchPages(scored, options.minPageScore)
    .sort((a, b) => a.source - b.source)
    .map(
      (pair): FoundPair => ({
        ...pair,
        by: isAddressed([pair.source, pair.target]) ? "url" : "vector",
      }),
    );
  return { pairs, candidates: candidates.length };
}

/** Pairs to compare, each once, in the order of the source; and which of them addresses brought together. */
async function findCandidates(
  { source, target }: Readonly<Record<SideName, PageVectors>>,
  { pages: how, within, folder, threads, signal, onEvent }: FindPairsOptions,
): Promise<{ candidates: Candidate[]; isAddressed: (pair: Candidate) => boolean }> {
  const pages = { source: source.side.pages, target: target.side.pages };
  const marks = marksOf(pages);
  const hosts =
    within === "host" || how === "url"
      ? { source: hostsOf(pages.source, marks), target: hostsOf(pages.target, marks) }
      : undefined;
  const isWithin = ([x, y]: Candidate) =>
    within === "all" || (hosts!.source[x] !== undefined && hosts!.source[x] === hosts!.target[y]);
  const addressed = how === "vector" ? [] : candidatesByAddress(pages, marks).filter(isWithin);
  const near = how === "url" ? [] : await findNear();
  if (hosts) tellWithoutAddress([source, target], hosts, onEvent);
  const found = [...addressed, ...near].sort(compare);
  const candidates = found.filter((one, i) => i === 0 || compare(one, found[i - 1]) !== 0);
  const keyOf = ([x, y]: Candidate) => x * pages.target.length + y;
  const keys = new Set(addressed.map(keyOf));
  return { candidates, isAddressed: (pair) => keys.has(keyOf(pair)) };

  async function findNear(): Promise<Candidate[]> {
    using x = await vectorsOfPages(source, join(folder, "source.npy"));
    using y = await vectorsOfPages(target, join(folder, "target.npy"));
    return await candidatesByVector({ source: x, target: y }, hosts, { threads, signal });
  }
}

const compare = (a: Candidate, b: Candidate) => a[0] - b[0] || a[1] - b[1];

function tellWithoutAddress(
  sides: readonly PageVectors[],
  hosts: Readonly<Record<SideName, readonly (string | undefined)[]>>,
  onEvent: (event: JobEvent) => void,
): void {
  for (const { side } of sides) {
    const without = hosts[side.side].filter((host) => host === undefined).length;
    if (without > 0)
      onEvent(
        warning(
          `${side.name}: ${without} of ${side.pages.length} pages have no address, and cannot be paired by it.`,
        ),
      );
  }
}
