import type { OptionNames } from "../../../check-options.js";
import { checkOneOf, checkShare } from "../../../check-values.js";
import { ENCODER_OPTIONS, type EncoderOptions } from "../../../embed/open-encoder.js";
import type { JobListeners } from "../../../events.js";
import type { ReadPagesOptions } from "../../../read/pages/read-pages.js";
import { checkRunName, refuseCleanAlone } from "../../../steps/runs/run.js";
import type { Encoder } from "../../../types/encoder.js";
import type { GivenPage, TextPage } from "../../../types/pages.js";
import type { SideName } from "../../../types/texts.js";

/** Where pages come from: a file that `extract --unit page` wrote, its bytes, a stream of them; or pages that a program has. */
export type PageSource =
  | string
  | Uint8Array
  | NodeJS.ReadableStream
  | Iterable<GivenPage>
  | AsyncIterable<GivenPage>;

/** How pages that may belong together are found: by their addresses, by their vectors, or by both. */
export const PAGE_CANDIDATES = ["url", "vector", "auto"] as const;

/** Where the partner of a page may stand: on the same host, marks of languages taken out of it, or anywhere. */
export const PAGE_SCOPES = ["host", "all"] as const;

/** How pages are paired. */
export interface PairPagesOptions extends EncoderOptions, JobListeners {
  /** A name that `openEncoder` takes, or an encoder that is open. @default "builtin" */
  encoder?: string | Encoder;
  /** How pages that may belong together are found. @default "auto" */
  pages?: (typeof PAGE_CANDIDATES)[number];
  /** Where the partner of a page may stand. @default "all" */
  within?: (typeof PAGE_SCOPES)[number];
  /** Pages of a lower score are no pair, from 0 to 1. @default 0.3; or 0.1 where the margin is at least 0.05 */
  minPageScore?: number;
  /** How the source is read. @default onError "stop" */
  read?: Pick<ReadPagesOptions, "onError" | "name">;
  /** How the target is read. @default as the source */
  readTarget?: Pick<ReadPagesOptions, "onError" | "name">;
  /** A folder that keeps every stage, so that a run can go on where it was interrupted. @default none: a temporary one */
  run?: string;
  /** Remove the sentences' vectors from the run folder at the end. @default false */
  clean?: boolean;
  /** Called once with the counts, when the last pair has been given. */
  onSummary?: (summary: PairPagesSummary) => void;
}

/** The names of `PairPagesOptions`. */
export const PAIR_PAGES_OPTIONS: OptionNames<PairPagesOptions> = {
  ...ENCODER_OPTIONS,
  encoder: true,
  pages: true,
  within: true,
  minPageScore: true,
  read: true,
  readTarget: true,
  run: true,
  clean: true,
  signal: true,
  onEvent: true,
  onSummary: true,
};

/** Options of which all that choose pairs are known. */
export type SettledOptions = PairPagesOptions & Required<Pick<PairPagesOptions, "pages" | "within">>;

/** @throws OptionError for a choice that there is not */
export function settlePairing(options: PairPagesOptions): SettledOptions {
  const { pages = "auto", within = "all", minPageScore, run, clean } = options;
  checkOneOf("pages", pages, PAGE_CANDIDATES);
  checkOneOf("within", within, PAGE_SCOPES);
  checkShare({ minPageScore });
  checkRunName(run);
  refuseCleanAlone(run, clean);
  return { ...options, pages, within };
}

/** Two pages that translate each other. */
export interface PagePair {
  /** The page of the source. */
  source: TextPage;
  /** The page of the target. */
  target: TextPage;
  /** How much of either page the other one has, from 0 to 1: that of the page of which it has less. */
  score: number;
  /** The score less the mean of the best scores that both pages have with others. */
  margin: number;
  /** What brought them together; `url` where both did. */
  by: "url" | "vector";
}

/** What was paired. */
export interface PairPagesSummary {
  /** Pairs of pages. */
  pairs: number;
  /** Those of them that addresses brought together. */
  byUrl: number;
  /** Pages of each side that have sentences, and not too many. */
  pages: Record<SideName, number>;
  /** Those of them without a partner. */
  alone: Record<SideName, number>;
  /** Pages of each side without sentences. */
  empty: Record<SideName, number>;
  /** Pages of each side with too many sentences. */
  tooLong: Record<SideName, number>;
  /** Pairs that were compared sentence by sentence. */
  candidates: number;
  /** What was embedded with. */
  encoder: string;
}
