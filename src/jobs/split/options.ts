import type { OptionNames } from "../../check-options.js";
import type { JobListeners } from "../../events.js";
import type { ReadPairsOptions } from "../../read/pairs/read-pairs.js";
import type { WrittenFormat } from "../../types/bitexts.js";

/** How large each split is, and how the bitext is read and written. */
export interface SplitOptions extends JobListeners {
  /** Pairs for testing. @default 1000 */
  test?: number;
  /** Pairs for development. @default 1000 */
  dev?: number;
  /** Which ones. @default 0 */
  seed?: number;
  /** Take sentences for the same that have the same letters, whatever their case. @default false */
  near?: boolean;
  /**
   * Bytes that may be held, at least 8 a pair and 2 MiB; the rest goes to temporary files, 32 bytes a pair.
   * @default 1 GiB
   */
  memory?: number;
  /** How pairs are read. */
  read?: ReadPairsOptions;
  /** How the splits are written. @default "tsv", whatever the input's: `recogniseBitext` tells that */
  format?: WrittenFormat;
  /** moses: what its files end in; tmx: the languages. @default ["source", "target"] for moses */
  languages?: readonly [source: string, target: string];
  /** tsv: begin each split with the names of the columns. @default whether the pairs were read with names */
  header?: boolean;
  /** Compress the splits. @default no */
  compress?: "gz" | "zst";
}

/** The names of `SplitOptions`. */
export const SPLIT_OPTIONS: OptionNames<SplitOptions> = {
  test: true,
  dev: true,
  seed: true,
  near: true,
  memory: true,
  read: true,
  format: true,
  languages: true,
  header: true,
  compress: true,
  signal: true,
  onEvent: true,
};
