import type { JobEvent } from "../../../events.js";
import type { Candidate } from "../../../pages/address-candidates.js";
import { matchPages, type PagePairing } from "../../../pages/match-pages.js";
import type { SideName } from "../../../types/texts.js";
import { warning } from "../../../wording.js";
import { comparePages } from "./compare-pages.js";
import { candidatesByAddress, candidatesByVector, hostsOf, marksOf } from "./find-candidates.js";
import type { PagePair, SettledOptions } from "./options.js";
import type { PageVectors } from "./page-vectors.js";

/** Two pages, by their numbers, that translate each other. */
export type FoundPair = PagePairing & Pick<PagePair, "by">;

/** Pairs of pages in the order of the source, and how many were compared. */
export interface FoundPairs {
  pairs: readonly FoundPair[];
  candidates: number;
}

type FindPairsOptions = SettledOptions & { onEvent: (event: JobEvent) => void };

/** Compares the pages that may belong together, and takes those that do. */
export async function findPairs(
  vectors: Readonly<Record<SideName, PageVectors>>,
  options: FindPairsOptions,
): Promise<FoundPairs> {
  const { candidates, addressed } = await findCandidates(vectors, options);
  const scored = await comparePages(candidates, vectors, options);
  const pairs = matchPages(scored, options.minPageScore)
    .sort((a, b) => a.source - b.source)
    .map(
      (pair): FoundPair => ({
        ...pair,
        by: addressed.has(keyOf([pair.source, pair.target])) ? "url" : "vector",
      }),
    );
  return { pairs, candidates: candidates.length };
}

/** Pairs to compare, each once, in the order of the source; and which of them addresses brought together. */
async function findCandidates(
  { source, target }: Readonly<Record<SideName, PageVectors>>,
  { pages: how, within, threads, signal, onEvent }: FindPairsOptions,
): Promise<{ candidates: Candidate[]; addressed: Set<string> }> {
  const pages = { source: source.side.pages, target: target.side.pages };
  const marks = marksOf(pages);
  const all = { source: hostsOf(pages.source, marks), target: hostsOf(pages.target, marks) };
  const hosts = within === "host" ? all : undefined;
  const isWithin = ([x, y]: Candidate) =>
    !hosts || (hosts.source[x] !== undefined && hosts.source[x] === hosts.target[y]);
  const addressed = how === "vector" ? [] : candidatesByAddress(pages, marks).filter(isWithin);
  const near =
    how === "url"
      ? []
      : await candidatesByVector({ source: await source.ofPages(), target: await target.ofPages() }, hosts, {
          threads,
          signal,
        });
  if (within === "host" || how === "url") tellWithoutAddress([source, target], all, onEvent);
  const found = new Map([...addressed, ...near].map((one) => [keyOf(one), one]));
  const candidates = [...found.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return { candidates, addressed: new Set(addressed.map(keyOf)) };
}

const keyOf = ([source, target]: Candidate) => `${source}:${target}`;

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
