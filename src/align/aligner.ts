import { checkWhole } from "../check-values.js";
import type { SideName } from "../types/texts.js";
import { bandAround, wholeBand } from "./band.js";
import type { BlockVectors } from "./block-vectors.js";
import { ALONE, halvedPath, isSmall, LEAST_HALVED, WIDTH } from "./coarse-path.js";
import { COST_MODEL, type CostModel, measureBlocks } from "./costs.js";
import { findPath } from "./find-path.js";
import { lengthUnits } from "./length-units.js";
import { meanOf } from "./means.js";
import { PathSide } from "./path-side.js";
import { Products } from "./products.js";
import { randomCost, singlesOf } from "./random-costs.js";
import { type OpenRows, rowsInMemory } from "./row-store.js";
import type { Step } from "./step.js";

/** How two documents are aligned. */
export interface AlignBlocksOptions {
  /** Sentences of both sides in one alignment at most, from 2 to 16. @default 8 */
  maxSentences?: number;
  /** All paths are compared where source × target sentences are at most the square of this. @default 100 */
  exactBelow?: number;
  /** What steps cost. @default those of a text and its translation */
  costs?: CostModel;
  /**
   * Sentences of each side, row by row, that random ones are taken to be like: where documents are short, those of others.
   * @default those of both documents
   */
  random?: Readonly<Record<SideName, Float32Array>>;
  /** Opens room for sums of neighbouring sentences, in all for one vector a sentence. @default in memory */
  openRows?: OpenRows;
  /** Ends the work with the signal's reason. */
  signal?: AbortSignal;
}

/** Sentences of both documents that translate each other, or of one document that have no translation. */
export interface Alignment {
  /** Sentences of the source from 0: the first, and the one after the last. */
  source: Span;
  /** The same of the target. */
  target: Span;
  /** 1 − cosine, by what it is with random others; 0 where one side is empty. */
  cost: number;
  /** The cosine of both sides; NaN where one is empty. */
  cosine: number;
}

/** Sentences in a row; none where `first` is `end`. */
export interface Span {
  /** The first, from 0. */
  first: number;
  /** The one after the last. */
  end: number;
}

/**
 * Aligns the sentences of two documents by vectors of their blocks (Vecalign: Thompson & Koehn 2019): the cheapest path
 * through both, first over sums of neighbouring sentences, then near it at twice the size, and so on. Time grows as the
 * number of sentences.
 */
export class Aligner {
  private constructor(private readonly products: Products) {}

  /** Opens what multiplies vectors; it serves any number of documents, one after the other. */
  static async open(): Promise<Aligner> {
    return new Aligner(await Products.open());
  }

  /** All sentences of both documents, in order: each is in one alignment. */
  async align(
    source: BlockVectors,
    target: BlockVectors,
    options: AlignBlocksOptions = {},
  ): Promise<Alignment[]> {
    const { maxSentences = 8, exactBelow = 100, openRows = rowsInMemory } = options;
    const { costs = COST_MODEL, random, signal } = options;
    checkWhole({ maxSentences }, { least: 2, most: 16 });
    const isTiny = Math.min(source.sentences, target.sentences) < LEAST_HALVED;
    const coarse = isTiny
      ? undefined
      : await halvedPath(
          { rows: source.sentences, windows: source.singles() },
          { rows: target.sentences, windows: target.singles() },
          { products: this.products, dimensions: source.dimensions, exactBelow, openRows, signal },
        );
    const band =
      coarse === undefined || isSmall(source.sentences, target.sentences, exactBelow)
        ? wholeBand(source.sentences, target.sentences)
        : bandAround(coarse, { source: source.sentences, target: target.sentences, width: WIDTH });
    const [meanX, meanY] = [
      meanOf([random?.source ?? source.sample], source.dimensions),
      meanOf([random?.target ?? target.sample], target.dimensions),
    ];
    const units = lengthUnits(source.lengths, target.lengths, coarse);
    const facts = ({ lengths, longest }: BlockVectors, unit: number) =>
      measureBlocks(lengths, { longest, floor: costs.floor, unit });
    const chance = randomCost(
      singlesOf(random?.source ?? source.drawn, source.dimensions, meanY),
      singlesOf(random?.target ?? target.drawn, target.dimensions, meanX),
      ALONE,
    );
    const steps = await findPath(
      new PathSide(source, facts(source, units.source), meanY),
      new PathSide(target, facts(target, units.target), meanX),
      {
        products: this.products,
        band,
        costs,
        chance,
        maxSentences,
        signal,
      },
    );
    return alignmentsOf(steps);
  }

  /** Closes what multiplies. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.products[Symbol.asyncDispose]();
  }
}

function alignmentsOf(steps: readonly Step[]): Alignment[] {
  let [x, y] = [0, 0];
  return steps.map(({ source, target, cost, cosine }) => {
    const alignment = {
      source: { first: x, end: x + source },
      target: { first: y, end: y + target },
      cost,
      cosine,
    };
    x += source;
    y += target;
    return alignment;
  });
}
