import type { OptionNames } from "../../check-options.js";
import { checkNumbers, checkOneOf, checkWhole } from "../../check-values.js";
import { checkLengths } from "../../clean/check-lengths.js";
import type { CleanOptions } from "../../clean/clean.js";
import { CLEAN_OPTIONS } from "../../clean/clean.js";
import { NGRAM } from "../../embed/ngram/ngram.js";
import type { EncoderOptions } from "../../embed/open-encoder.js";
import { ENCODER_OPTIONS } from "../../embed/open-encoder.js";
import { OptionError } from "../../errors.js";
import type { ReadOptions } from "../../read/input.js";
import type { Encoder } from "../../types/encoder.js";
import { option, say } from "../../wording.js";
import { checkIndexOptions } from "./indexes/check-index.js";
import type { IndexOptions } from "./indexes/index-options.js";
import { INDEX_OPTIONS } from "./indexes/index-options.js";
import { checkK, DEFAULT_K } from "./k.js";

export interface FindOptions extends CleanOptions, EncoderOptions, IndexOptions {
  /** An encoder, the name `builtin` or `ngram`, a folder in Hugging Face or Model2Vec layout, or a name of the hub. @default "builtin" */
  encoder?: string | Encoder;
  /**
   * Neighbours of each sentence that make its neighbourhood and its candidates.
   * @default 4; of a centred side of few sentences fewer make a neighbourhood
   */
  k?: number;
  /**
   * `copies`: a sentence and its untranslated copy are never neighbours.
   * @default none
   */
  guard?: "copies";
  /** Subtract the mean of each side from its vectors before they are searched. @default as the encoder asks */
  centre?: boolean;
  /**
   * Sentences of a side whose cosine reaches this are merged: only the first of them is searched, and stands for all.
   * Near-identical lines fill the neighbour lists of their translations, which lowers all their margins.
   * @default none are merged
   */
  collapseNearDuplicates?: number;
  /**
   * Bytes that searching may take, beside what the runtimes need: vectors that do not fit are read from the run folder,
   * or from a temporary one. The result is the same. Not with `usearch`, nor with `collapseNearDuplicates`.
   * @default as much as it takes
   */
  memory?: number;
  /** How to read the source; and the target, unless `readTarget` is given. */
  read?: ReadOptions;
  /** How to read the target. @default as `read` */
  readTarget?: ReadOptions;
}

/** The names of `FindOptions`. */
export const FIND_OPTIONS: OptionNames<FindOptions> = {
  ...CLEAN_OPTIONS,
  ...ENCODER_OPTIONS,
  ...INDEX_OPTIONS,
  encoder: true,
  k: true,
  guard: true,
  centre: true,
  collapseNearDuplicates: true,
  memory: true,
  read: true,
  readTarget: true,
};

/** The same of texts that have been read. */
export type SearchOptions = Omit<FindOptions, "read" | "readTarget">;

/** Options of which none is open any more but those that the encoder or the size of the texts decides. */
export type Settled<O extends SearchOptions> = O &
  Required<Pick<SearchOptions, "k" | "onEvent">> & {
    /** Whether nobody asked for k. */
    openK: boolean;
  };
export type FindSettings = Settled<FindOptions>;
export type SearchSettings = Settled<SearchOptions>;

/**
 * Checks what can be checked before the first line is read, and settles what is not given.
 *
 * @throws OptionError that names the option, what it may be and what it is
 */
export function settleFind<O extends SearchOptions>(options: O): Settled<O> {
  const { k = DEFAULT_K, guard, threads, onEvent = () => {} } = options;
  checkK(k);
  checkWhole({ threads });
  checkLengths(options);
  checkIndexOptions(options);
  checkSeed(options);
  checkCosine(options);
  checkMemory(options);
  if (guard !== undefined) checkOneOf("guard", guard, ["copies"]);
  return { ...options, k, openK: options.k === undefined, onEvent };
}

/** A seed that nothing uses would seem to matter. */
function checkSeed({ seed, index, encoder, blend }: FindOptions): void {
  if (seed === undefined || index === "hnsw" || encoder === NGRAM || blend?.encoder === NGRAM) return;
  throw new OptionError(
    say`${option("seed")} is ${seed}, but only the encoder ngram and the index hnsw draw anything.`,
    { advice: "Leave it out." },
  );
}

function checkCosine({ collapseNearDuplicates: cosine }: FindOptions): void {
  checkNumbers(
    { collapseNearDuplicates: cosine },
    "a cosine above 0 and at most 1, such as 0.98",
    (value) => value > 0 && value <= 1,
  );
}

/** A budget is refused where it could not be kept. */
function checkMemory({ memory, index, collapseNearDuplicates }: FindOptions): void {
  if (memory === undefined) return;
  checkWhole({ memory });
  if (index === "usearch")
    throw new OptionError(
      say`${option("memory")} is given, but what usearch takes cannot be told beforehand.`,
      { advice: "Leave it out, or choose another index." },
    );
  if (collapseNearDuplicates !== undefined)
    throw new OptionError(
      say`${option("memory")} is given, but ${option("collapseNearDuplicates")} holds all vectors of a side in memory.`,
      { advice: "Leave one of them out." },
    );
}
