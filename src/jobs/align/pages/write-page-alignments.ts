import { type OptionNames, refuseUnknown } from "../../../check-options.js";
import { OptionError } from "../../../errors.js";
import { type Pair, WRITTEN_FORMATS, type WrittenFormat } from "../../../types/bitexts.js";
import type { TextPage } from "../../../types/pages.js";
import { anyOf } from "../../../wording.js";
import { toField } from "../../../write/field.js";
import { openPairs, type PairOutput, settleFormat } from "../../../write/pairs/open-pairs.js";
import type { AlignmentFormat, WriteAlignmentsOptions } from "../write-alignments.js";
import { bitextSink, writeWithRest } from "../write-with-rest.js";
import {
  ALIGN_PAGES_OPTIONS,
  type AlignedPageSentences,
  type AlignPagesOptions,
  type AlignPagesSummary,
  type SentencePlace,
} from "./align-options.js";
import { alignPages } from "./align-pages.js";
import type { PageSource } from "./options.js";

/** How pages are paired and aligned, and how that is written. */
export interface WritePageAlignmentsOptions
  extends Omit<AlignPagesOptions, "onSummary">,
    Pick<WriteAlignmentsOptions, "languages" | "header"> {
  /** How alignments are written: as a bitext. @default moses for two outputs; else by the suffix; else tsv */
  format?: AlignmentFormat;
  /**
   * A file for the sentences that stand alone: `source` or `target`, the page's line, its address, the block and sentence,
   * the text. @default none
   */
  rest?: string;
}

const { onSummary: _onSummary, ...OPTIONS } = ALIGN_PAGES_OPTIONS;

/** The names of `WritePageAlignmentsOptions`. */
export const WRITE_PAGE_ALIGNMENTS_OPTIONS: OptionNames<WritePageAlignmentsOptions> = {
  ...OPTIONS,
  format: true,
  languages: true,
  header: true,
  rest: true,
};

/**
 * Pairs the pages of two sides and aligns their sentences, as `alignPages` does, and writes what translates each other as
 * a bitext. Files appear whole under their names or not at all.
 *
 * TSV has cosine, both texts, the cost, the lines of both pages in their inputs, blocks and sentences of both sides, both
 * addresses and the score of the pages, all counted from 1.
 *
 * @throws OptionError, InputError, ModelError, OutputError; the signal's reason when it aborts
 */
export async function writePageAlignments(
  source: PageSource,
  target: PageSource,
  output: PairOutput,
  options: WritePageAlignmentsOptions = {},
): Promise<AlignPagesSummary> {
  refuseUnknown("writePageAlignments", options, WRITE_PAGE_ALIGNMENTS_OPTIONS);
  const { format, languages, header, rest, ...choices } = options;
  const { signal } = options;
  const settled = settleFormat(output, { format: bitextFormat(format), languages, header });
  await using sink = bitextSink(openPairs(output, { format: settled, languages, header, signal }), pairOf);
  let summary: AlignPagesSummary | undefined;
  const onSummary = (counts: AlignPagesSummary) => {
    summary = counts;
  };
  const alignments = alignPages(source, target, { ...choices, onSummary });
  await writeWithRest(alignments, sink, { rest, formatAlone, signal });
  return summary!;
}

/** @throws OptionError for a format that tells sentences of one document by their lines */
function bitextFormat(format: AlignmentFormat | undefined): WrittenFormat | undefined {
  if (format !== "vecalign" && format !== "ladder") return format;
  throw new OptionError(
    `Format ${format} has numbers of lines alone, which do not tell on which page they are.`,
    {
      advice: `Write pages as ${anyOf(WRITTEN_FORMATS)}; all but moses tell page, block and sentence of each text.`,
    },
  );
}

function pairOf(aligned: AlignedPageSentences): Pair {
  const { source, target, cosine, cost, pageScore } = aligned;
  const [sourcePage, targetPage] = [aligned.sourcePage!, aligned.targetPage!];
  return {
    source,
    target,
    score: cosine,
    line: sourcePage.line,
    added: {
      cost,
      sourcePage: sourcePage.line,
      targetPage: targetPage.line,
      sourceSentences: formatPlaces(aligned.sourcePlaces),
      targetSentences: formatPlaces(aligned.targetPlaces),
      sourceUrl: sourcePage.url ?? "",
      targetUrl: targetPage.url ?? "",
      pageScore,
    },
  };
}

/** Blocks and sentences: `3.2`, or `3.2,3.3`. */
const formatPlaces = (places: readonly SentencePlace[]) =>
  places.map(({ block, sentence }) => `${block}.${sentence}`).join();

function formatAlone(aligned: AlignedPageSentences): string {
  const { source, target, sourcePage, targetPage, sourcePlaces, targetPlaces } = aligned;
  return source !== ""
    ? formatRest("source", { page: sourcePage!, places: sourcePlaces, text: source })
    : formatRest("target", { page: targetPage!, places: targetPlaces, text: target });
}

function formatRest(
  side: "source" | "target",
  { page, places, text }: { page: TextPage; places: readonly SentencePlace[]; text: string },
): string {
  const cells = [side, String(page.line), toField(page.url ?? ""), formatPlaces(places), toField(text)];
  return `${cells.join("\t")}\n`;
}
