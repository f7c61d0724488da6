/** What one model call says of a pair, before it becomes one score. */
export type PartName = "logit" | "dense" | "sparse" | "colbert";

/** Two texts that are scored together, in this order. */
export type TextPair = readonly [source: string, target: string];

/** Who hears of pairs that are measured. */
export interface MeasureOptions {
  signal?: AbortSignal;
  /** Called with the number of pairs that were measured since the last call. */
  onMeasured?: (count: number) => void;
  /** Called with the number of pairs of which a text was cut, since it is too long for the model. */
  onTruncated?: (count: number) => void;
}

/** Scores pairs of texts by reading both, which costs a model call a pair. */
export interface Rescorer {
  /** Names the model, its file, and by their digest all files and settings that a part depends on. */
  readonly space: string;
  readonly parts: readonly PartName[];
  /** What was opened, in a line for people. */
  readonly description: string;
  /** @returns pairs × parts */
  measure(pairs: readonly TextPair[], options?: MeasureOptions): Promise<Float32Array>;
  /** The score of one pair's parts. */
  scoreOf(parts: Float32Array): number;
  close(): Promise<void>;
}
