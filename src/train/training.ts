import type { AdamState } from "./adam.js";
import type { Bags, StoredBags } from "./bags.js";
import type { HideKnown } from "./find-known.js";

/** Translation pairs that make batches together: those of one language. */
export interface TrainingGroup {
  name: string;
  /** Rows of the table, a bag a text. */
  source: StoredBags;
  /** Bag i translates the source's bag i. */
  target: StoredBags;
}

/** A group in memory. */
export interface PackedGroup extends TrainingGroup {
  source: Bags;
  target: Bags;
}

export interface TrainTableOptions {
  /** How many batches to train on. */
  steps: number;
  /** Pairs a batch. @default 1024 */
  batch?: number;
  /** Of row-wise Adagrad at the first step; it falls linearly to 0. @default 0.1 */
  learningRate?: number;
  /** What cosines are multiplied by before the softmax. @default 20 */
  scale?: number;
  /** Taken from the cosine of a true pair. @default 0 */
  margin?: number;
  /** A text is cut after this many pieces. @default 64 */
  maxPieces?: number;
  /** Probability of leaving a piece out, drawn anew at each step. @default 0 */
  pieceDropout?: number;
  /** Hides what is known of a pair, so that it teaches its other words. @default nothing is hidden */
  hideKnown?: HideKnown;
  /** A group of n pairs is drawn with probability ∝ n^exponent. @default 0.6 */
  exponent?: number;
  /** @default 0 */
  seed?: number;
  /** Trains one linear map over all sums, which is folded into the table at the end. */
  linearMap?: { learningRate: number };
  /**
   * Pairs of each group that are held out, at most a fifth of it and 4,096; 0 trains without validation. A validation
   * compares them all: 4 bytes a pair of them. @default 256
   */
  validation?: number;
  /** Steps between two validations. @default 500 */
  validateEvery?: number;
  /** Stops after this many validations in a row that were no better than the best. @default never */
  patience?: number;
  /**
   * Numbers of pairs of the group whose targets are further wrong answers to all sources of the batch. Held-out pairs
   * are left out. Must give the same for the same arguments if training is to be repeatable.
   */
  hardNegatives?: (group: number, pairs: Uint32Array) => ArrayLike<number> | Promise<ArrayLike<number>>;
  /** Threads of one operation. @default as many as the machine has */
  threads?: number;
  signal?: AbortSignal;
  /** Called after each step. */
  onStep?: (event: StepEvent) => void;
  /** Called after each validation, the first of them before the first step. */
  onValidation?: (event: ValidationEvent) => void;
  /** Steps between two checkpoints. @default 500 */
  checkpointEvery?: number;
  /**
   * Called with all that is needed to go on, and before training gives in to the signal. The arrays are those that are
   * being trained: write or copy them before the promise is fulfilled.
   */
  onCheckpoint?: (checkpoint: Checkpoint) => void | Promise<void>;
  /**
   * Goes on from here; the result is the same as without the break, if groups and options are. All of its arrays but
   * the table are taken over, not copied.
   */
  resume?: Checkpoint;
}

const DEFAULTS = {
  batch: 1024,
  learningRate: 0.1,
  scale: 20,
  margin: 0,
  maxPieces: 64,
  pieceDropout: 0,
  exponent: 0.6,
  seed: 0,
  validation: 256,
  validateEvery: 500,
  patience: Number.POSITIVE_INFINITY,
  checkpointEvery: 500,
};

/** Options in which nothing is left open. */
export type TrainingSettings = TrainTableOptions & typeof DEFAULTS;

export function settle(options: TrainTableOptions): TrainingSettings {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...DEFAULTS, ...(Object.fromEntries(given) as TrainTableOptions) };
}

export interface StepEvent {
  /** From 1. */
  step: number;
  steps: number;
  /** Name of the group that the batch came from. */
  group: string;
  /** Of the batch before the step, in nats. */
  loss: number;
  pairsPerSecond: number;
}

export interface ValidationEvent {
  /** How many steps were done. */
  step: number;
  /** Closed-set accuracy over the held-out pairs: mean of both directions, then of the groups. */
  accuracy: number;
  /** Whether it is the highest so far. */
  best: boolean;
}

/** The best table so far. */
export interface Kept {
  /** How many steps it was trained. */
  step: number;
  /** NaN without validation. */
  accuracy: number;
  table: Float32Array;
  map?: Float32Array;
}

export interface Checkpoint {
  /** How many steps were done. */
  step: number;
  table: Float32Array;
  /** Adagrad's, one a row of the table. */
  accumulators: Float32Array;
  map?: AdamState;
  kept: Kept;
  /** Validations since the best one. */
  misses: number;
  /** How many steps were done at the last validation; −1 before the first. */
  validated: number;
}

/** What a training gives. */
export interface TrainedTable {
  /** How many steps the table was trained: those up to the best validation. */
  step: number;
  /** Its closed-set accuracy over the held-out pairs; NaN without validation. */
  accuracy: number;
  /** How many steps were done in all. */
  steps: number;
  /** Whether the signal ended training. */
  interrupted: boolean;
}
