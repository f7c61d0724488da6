import { checkNumbers, checkPositive, checkWhole } from "../../check-values.js";

/** One side of a group's pairs, by rows of vectors that are not trained. */
export interface FrozenSide {
  /** The row of each pair's text; equal rows stand for equal texts. */
  rows: Uint32Array;
  /** Of each pair as many rows as of any other: wrong answers to its other text; `NO_NEIGHBOUR` where it has fewer. */
  negatives: Uint32Array;
  /** Vectors by their rows, centred: rows × dimensions. */
  gather(rows: Uint32Array): Float32Array;
}

/** Translation pairs that make batches together: those of one pair of languages. */
export interface AdapterGroup {
  name: string;
  source: FrozenSide;
  target: FrozenSide;
}

export interface AdapterSettings {
  /** Of what is added to the identity. */
  rank: number;
  /** Pairs a batch, all of one group. */
  batch: number;
  /** Of Adam at the first step; it falls linearly to 0. */
  learningRate: number;
  /** What cosines are multiplied by before the softmax. */
  scale: number;
  /** Taken from the cosine of a true pair, so that it must win by that much. */
  additiveMargin: number;
  /** A group of n pairs is drawn with probability ∝ n^exponent. */
  exponent: number;
}

export interface AdapterOptions extends AdapterSettings {
  /** How many batches to train on. */
  steps: number;
  seed: number;
  /** Threads of one operation. @default as many as the machine has */
  threads?: number;
  signal?: AbortSignal;
  /** Called after each step with the loss of its batch before it, in nats. */
  onStep?: (event: { step: number; loss: number }) => void;
}

/** @throws OptionError about the first number that cannot work */
export function checkAdapterSettings(settings: AdapterSettings): void {
  const { rank, batch, learningRate, scale, additiveMargin, exponent } = settings;
  checkWhole({ rank, batch });
  checkPositive({ scale });
  checkNumbers({ learningRate }, "a number from 0", (value) => value >= 0 && Number.isFinite(value));
  checkNumbers({ additiveMargin, exponent }, "a number", Number.isFinite);
}
