import type { VolumeFacts } from "../../write/volume.js";
import { addCounts, type ExtractCounts, noCounts } from "./counts.js";
import type { Draft } from "./draft-files.js";
import type { ExtractFault } from "./extract-file.js";
import type { JoinCounts } from "./join-drafts.js";

/** What became of everything that was read: the content of `stats.json`. */
export interface ExtractSummary extends ExtractCounts, JoinCounts {
  /** Files that were to be read. */
  files: number;
  /** Files that could not be opened, not be read to their end, or of which nothing could be read. */
  unreadable: ExtractFault[];
  /** What was left out as broken: at most the first 100 of each file, and 1,000 in all. */
  faults: ExtractFault[];
  /** The files written. */
  outputs: Record<string, VolumeFacts>;
}

const FAULTS_KEPT = 1000;

export function summarise(
  drafts: readonly Draft[],
  joined: JoinCounts,
  outputs: Record<string, VolumeFacts>,
): ExtractSummary {
  const counts = noCounts();
  for (const { facts } of drafts) addCounts(counts, facts.counts);
  const { records, blocks, pages, sentences } = counts;
  return {
    files: drafts.length,
    unreadable: drafts.flatMap(({ facts }) => facts.unreadable ?? []),
    records,
    blocks,
    ...(pages && { pages }),
    sentences,
    ...joined,
    outputs,
    faults: drafts.flatMap(({ facts }) => facts.faults).slice(0, FAULTS_KEPT),
  };
}

/**
 * What is left of a run's sentences where none is, as a sentence.
 *
 * @param outcome what comes of it
 */
export function describeNothing(
  { records, blocks, sentences }: ExtractCounts,
  outcome = "nothing is written",
): string {
  if (records.leftOut.revisit > 0 && records.leftOut.revisit + records.leftOut["not-a-page"] === records.read)
    return `holds revisits alone (${records.leftOut.revisit}), which say that a page was the same as in an earlier crawl and hold no text; ${outcome}.`;
  const reasons = Object.entries({
    ...records.leftOut,
    broken: records.broken,
    ...blocks.dropped,
    ...sentences.dropped,
  });
  const told = reasons.filter(([, n]) => n > 0).map(([reason, n]) => `${n} ${reason}`);
  const why = told.length > 0 ? ` (${told.join(", ")})` : "";
  return `no sentence is left of ${records.read} records${why}; ${outcome}.`;
}
