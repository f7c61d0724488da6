import type { JobEvent } from "../../../events.js";
import { matchPages, type PagePairing } from "../../../pages/match-pages.js";
import type { SideName } from "../../../types/texts.js";
import { warning } from "../../../wording.js";
import { candidatesStage } from "./candidates-stage.js";
import type { EmbeddedPages } from "./embedded-pages.js";
import { hostsOf, marksOf } from "./find-candidates.js";
import type { PagePair, SettledOptions } from "./options.js";
import type { PageSide } from "./read-side.js";
import { scoresStage } from "./scores-stage.js";

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
export async function findPairs(embedded: EmbeddedPages, options: FindPairsOptions): Promise<FoundPairs> {
  const { run, sides } = embedded;
  const pages = { source: sides.source.pages, target: sides.target.pages };
  const marks = marksOf(pages);
  const hosts =
    options.within === "host" || options.pages === "url"
      ? { source: hostsOf(pages.source, marks), target: hostsOf(pages.target, marks) }
      : undefined;
  if (hosts) tellWithoutAddress([sides.source, sides.target], hosts, options.onEvent);
  const candidates = await run.keep(candidatesStage(embedded, { ...options, marks, hosts }));
  const scores = await run.keep(scoresStage(candidates, embedded, options));
  const pairs = matchPages(candidates, scores, options.minPageScore)
    .sort((a, b) => a.source - b.source)
    .map((pair): FoundPair => ({ ...pair, by: pair.byUrl ? "url" : "vector" }));
  return { pairs, candidates: candidates.length };
}

function tellWithoutAddress(
  sides: readonly PageSide[],
  hosts: Readonly<Record<SideName, readonly (string | undefined)[]>>,
  onEvent: (event: JobEvent) => void,
): void {
  for (const side of sides) {
    const without = hosts[side.side].filter((host) => host === undefined).length;
    if (without > 0)
      onEvent(
        warning(
          `${side.name}: ${without} of ${side.pages.length} pages have no address, and cannot be paired by it.`,
        ),
      );
  }
}
