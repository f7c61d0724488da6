export type { CleanOptions } from "./clean/clean.js";
export type { EncoderOptions } from "./embed/open-encoder.js";
export { openEncoder } from "./embed/open-encoder.js";
export { CrisscrossError, InputError, ModelError, OptionError, OutputError, type Place } from "./errors.js";
export type { JobEvent, StageSeconds } from "./jobs/events.js";
export { type MineOptions, mine } from "./jobs/mine.js";
export type { SideCounts, TextSource } from "./jobs/side.js";
export type { MineSummary, Quantiles } from "./jobs/summary.js";
export { FORMATS, type Format } from "./read/format.js";
export type { Input, ReadOptions } from "./read/input.js";
export { readSentences } from "./read/read-sentences.js";
export type { SelectOptions } from "./select/select.js";
export {
  type Encoder,
  MARGINS,
  type Margin,
  type PairSide,
  RETRIEVALS,
  type Retrieval,
  type ScoredPair,
  type Sentence,
} from "./types.js";
export { COLUMNS, type Column } from "./write/columns.js";
export { PAIR_FORMATS, type PairFormat, type WritePairsOptions, writePairs } from "./write/write-pairs.js";
