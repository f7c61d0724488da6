import type { OptionNames } from "../../check-options.js";
import type { JobEvent } from "../../events.js";
import type { Input } from "../../read/input.js";
import type { ReadPairsOptions } from "../../read/pairs/read-pairs.js";
import type { PairsAgain } from "./find-changes.js";

/** What a report is made of beside its inputs. */
export interface ReportOptions {
  /** Another bitext, or run folder of `mine`: which pairs have come since, and which are gone. @default none */
  against?: Input;
  /** How many pairs are drawn to look at, of each part. @default 100 */
  show?: number;
  /** How bitexts are read. */
  read?: Omit<ReadPairsOptions, "signal">;
  /** Ends the work with the signal's reason. */
  signal?: AbortSignal;
  /** Hears how far the job is, and what is worth knowing meanwhile. */
  onEvent?: (event: JobEvent) => void;
}

/** The names of `ReportOptions`. */
export const REPORT_OPTIONS: OptionNames<ReportOptions> = {
  against: true,
  show: true,
  read: true,
  signal: true,
  onEvent: true,
};

/** The same with nothing left open, and a folder for what is needed meanwhile. */
export interface ReportSettings extends Omit<ReportOptions, "against"> {
  against?: { name: string; pairs: PairsAgain };
  show: number;
  folder: string;
  onEvent: (event: JobEvent) => void;
}
