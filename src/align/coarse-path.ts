import { bandAround, wholeBand } from "./band.js";
import { COARSE_MODEL } from "./costs.js";
import { findPath } from "./find-path.js";
import { halve, type VectorWindows } from "./halve.js";
import { meanOf } from "./means.js";
import { PathSide } from "./path-side.js";
import type { Products } from "./products.js";
import { randomCost } from "./random-costs.js";
import { type OpenRows, type RowStore, windowsOf } from "./row-store.js";
import type { Step } from "./step.js";

/** The percentile of random costs that a sentence that stands alone is compared with. */
export const ALONE = 0.2;

/** Of fewer sentences, sums say too little: all paths are compared. */
export const LEAST_HALVED = 8;

/** How far from the path that was found at half the size a path may go: as far as Vecalign's with 8 sentences. */
export const WIDTH = 9;

/** All vectors of a document. */
interface Whole {
  rows: number;
  windows: VectorWindows;
}

/** How a path that only shows where to look is found. */
export interface CoarseOptions {
  products: Products;
  dimensions: number;
  /** All paths are compared where source × target rows are at most the square of this. */
  exactBelow: number;
  openRows: OpenRows;
  signal?: AbortSignal;
}

/** Whether all paths can be compared. */
export const isSmall = (source: number, target: number, exactBelow: number) =>
  source * target <= exactBelow ** 2 || Math.min(source, target) < LEAST_HALVED;

/** The path through sums of each two vectors of both documents: pairs of one sum alone. */
export async function halvedPath(source: Whole, target: Whole, options: CoarseOptions): Promise<Step[]> {
  const { openRows, dimensions } = options;
  using left = openRows(Math.floor(source.rows / 2), dimensions);
  await halve(source.windows, left);
  using right = openRows(Math.floor(target.rows / 2), dimensions);
  await halve(target.windows, right);
  return await coarsePath(left, right, options);
}

async function coarsePath(source: RowStore, target: RowStore, options: CoarseOptions): Promise<Step[]> {
  const sizes = { source: source.rows, target: target.rows };
  const band = isSmall(source.rows, target.rows, options.exactBelow)
    ? wholeBand(source.rows, target.rows)
    : bandAround(await halvedPath(wholeOf(source), wholeOf(target), options), { ...sizes, width: WIDTH });
  const [meanX, meanY] = [source, target].map((side) => meanOf(windowsOf(side), options.dimensions));
  return findPath(sideOf(source, meanY), sideOf(target, meanX), {
    products: options.products,
    band,
    costs: COARSE_MODEL,
    chance: randomCost(singlesOf(source, meanY), singlesOf(target, meanX), ALONE),
    maxSentences: 2,
    signal: options.signal,
  });
}

const wholeOf = (store: RowStore): Whole => ({ rows: store.rows, windows: windowsOf(store) });

const singlesOf = (store: RowStore, others: Float32Array) => ({
  rows: store.rows,
  row: (number: number) => store.read(number, number + 1),
  others,
});

function sideOf(store: RowStore, others: Float32Array): PathSide {
  const { rows, dimensions } = store;
  const read = (start: number, end: number) => store.read(start, end);
  const facts = { lengths: new Float64Array(rows).fill(1), logarithms: new Float64Array(rows) };
  return new PathSide({ sentences: rows, dimensions, longest: 1, read }, facts, others);
}
