import type { OptionNames } from "../../check-options.js";
import { checkNumbers, checkWhole } from "../../check-values.js";
import { ENCODER_OPTIONS, type EncoderOptions } from "../../embed/open-encoder.js";
import type { JobListeners } from "../../events.js";
import type { ReadOptions } from "../../read/input.js";
import type { Encoder } from "../../types/encoder.js";
import type { SideName } from "../../types/texts.js";

/** How two documents are read and aligned. */
export interface AlignOptions extends EncoderOptions, JobListeners {
  /** A name that `openEncoder` takes, or an encoder that is open. @default "builtin" */
  encoder?: string | Encoder;
  /** Sentences of both sides in one alignment at most, from 2 to 16. @default 8 */
  maxSentences?: number;
  /** Alignments below this cosine are undone: their sentences stand alone. @default none */
  minScore?: number;
  /** How the source is read. @default by suffix, else text */
  read?: ReadOptions;
  /** How the target is read. @default as the source */
  readTarget?: ReadOptions;
  /** Called once with the counts, when the last alignment has been given. */
  onSummary?: (summary: AlignSummary) => void;
}

/** The names of `AlignOptions`. */
export const ALIGN_OPTIONS: OptionNames<AlignOptions> = {
  ...ENCODER_OPTIONS,
  encoder: true,
  maxSentences: true,
  minScore: true,
  read: true,
  readTarget: true,
  signal: true,
  onEvent: true,
  onSummary: true,
};

/** @throws OptionError for a number that does not fit */
export function settleAlign({
  maxSentences = 8,
  minScore,
}: Pick<AlignOptions, "maxSentences" | "minScore">): { maxSentences: number; minScore?: number } {
  checkWhole({ maxSentences }, { least: 2, most: 16 });
  checkNumbers({ minScore }, "a number from -1 to 1", (value) => value >= -1 && value <= 1);
  return { maxSentences, minScore };
}

/** Sentences that translate each other, or one that has no translation. */
export interface AlignedSentences {
  /** The source's sentences, joined by spaces; empty where the target's sentence stands alone. */
  source: string;
  /** The same of the target. */
  target: string;
  /** Lines of the source, from 1. */
  sourceLines: number[];
  /** Lines of the target, from 1. */
  targetLines: number[];
  /** 1 − cosine, by what it is with random others: 1 is no better than chance. 0 where one side is empty. */
  cost: number;
  /** The cosine of both sides, the mean of each document of 16 sentences or more subtracted; NaN where one side is empty. */
  cosine: number;
}

/** What was aligned. */
export interface AlignSummary {
  /** Alignments with sentences on both sides. */
  pairs: number;
  /** Those of them with one sentence on each. */
  oneToOne: number;
  /** Alignments that `minScore` undid. */
  below: number;
  /** Sentences of each side. */
  sentences: Record<SideName, number>;
  /** Sentences of each side that stand alone. */
  alone: Record<SideName, number>;
  /** What was embedded with. */
  encoder: string;
}
