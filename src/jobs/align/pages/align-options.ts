import type { OptionNames } from "../../../check-options.js";
import type { TextPage } from "../../../types/pages.js";
import type { AlignedSentences, AlignOptions, AlignSummary } from "../options.js";
import { PAIR_PAGES_OPTIONS, type PairPagesOptions, type PairPagesSummary } from "./options.js";

/** How pages are paired, and the sentences of each pair aligned. */
export interface AlignPagesOptions
  extends Omit<PairPagesOptions, "onSummary">,
    Pick<AlignOptions, "minScore"> {
  /** Sentences of both sides in one alignment at most, from 2 to 16. @default 4 */
  maxSentences?: number;
  /** Called once with the counts, when the last alignment has been given. */
  onSummary?: (summary: AlignPagesSummary) => void;
}

/** The names of `AlignPagesOptions`. */
export const ALIGN_PAGES_OPTIONS: OptionNames<AlignPagesOptions> = {
  ...PAIR_PAGES_OPTIONS,
  maxSentences: true,
  minScore: true,
};

/** Sentences of two pages that translate each other, or one that has no translation. */
export interface AlignedPageSentences extends Omit<AlignedSentences, "sourceLines" | "targetLines"> {
  /** The page of the source; undefined for a sentence of a target's page that has no partner. */
  sourcePage?: TextPage;
  /** The page of the target; undefined for a sentence of a source's page that has no partner. */
  targetPage?: TextPage;
  /** Where the source's sentences stand on their page. */
  sourcePlaces: SentencePlace[];
  /** Where the target's sentences stand on their page. */
  targetPlaces: SentencePlace[];
  /** How much of either page the other one has, from 0 to 1; NaN for a page without a partner. */
  pageScore: number;
}

/** Where a sentence stands on its page. */
export interface SentencePlace {
  /** The number of its block among those of the page, from 1. */
  block: number;
  /** Its number in the block, from 1. */
  sentence: number;
}

/** What was paired and aligned. */
export interface AlignPagesSummary extends AlignSummary {
  /** The pages. */
  paired: PairPagesSummary;
}
