import type { AlignPagesSummary, AlignSummary, PairPagesSummary } from "../src/index.js";
import { count } from "./count.js";

/** What an alignment of two texts found, in a few lines for people. */
export function describeAligned(summary: AlignSummary): string {
  return [describeSentences(summary), `embedded with ${summary.encoder}`].join("\n");
}

/** What an alignment of pages found. */
export function describePagesAligned(summary: AlignPagesSummary): string {
  return [describeSentences(summary), describePages(summary.paired), `embedded with ${summary.encoder}`].join(
    "\n",
  );
}

function describeSentences({ pairs, oneToOne, below, sentences, alone }: AlignSummary): string {
  return [
    count(pairs, "pair"),
    `${oneToOne} of one sentence each`,
    `${sentences.source} and ${sentences.target} sentences`,
    `${alone.source} and ${alone.target} alone`,
    ...(below > 0 ? [`${below} below the least score`] : []),
  ].join(" · ");
}

function describePages({ pairs, byUrl, pages, alone, empty, tooLong }: PairPagesSummary): string {
  const both = ({ source, target }: { source: number; target: number }, what: string) =>
    source + target > 0 ? [`${source} and ${target} ${what}`] : [];
  return [
    count(pairs, "pair of pages", "pairs of pages"),
    `${byUrl} by address, ${pairs - byUrl} by vector`,
    ...both(pages, "pages"),
    ...both(alone, "without a partner"),
    ...both(empty, "without sentences"),
    ...both(tooLong, "too long"),
  ].join(" · ");
}
