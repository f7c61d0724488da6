import type { Band } from "./band.js";
import type { CostModel } from "./costs.js";
import { Nodes } from "./nodes.js";
import type { BlockRows, PathSide } from "./path-side.js";
import type { Products } from "./products.js";
import { normalisedCost } from "./random-costs.js";
import type { Step } from "./step.js";
import { type Tile, tilesOf } from "./tiles.js";

/** What a path is looked for with. */
export interface PathOptions {
  products: Products;
  band: Band;
  costs: CostModel;
  /** What a random pair costs: sentences that stand alone are compared with it. */
  chance: number;
  /** Sentences of both sides in one step at most: up to 16. */
  maxSentences: number;
  signal?: AbortSignal;
}

/**
 * The cheapest path through a band of the grid, by dynamic programming.
 *
 * Memory: 17 bytes a node of the band, and what both sides give for a tile, with its products.
 */
export async function findPath(source: PathSide, target: PathSide, options: PathOptions): Promise<Step[]> {
  const nodes = new Nodes(options.band);
  for (const tile of tilesOf(options.band)) {
    options.signal?.throwIfAborted();
    const left = await source.read(Math.max(0, tile.x - 1), tile.endX - 1);
    const right = await target.read(Math.max(0, tile.y - 1), tile.endY - 1);
    const { dimensions } = source.vectors;
    const products = await options.products.multiply(left.data, right.data, dimensions);
    relax(nodes, tile, { source, target, left, right, products, options });
  }
  return nodes.traceBack();
}

interface TileCosts {
  source: PathSide;
  target: PathSide;
  left: BlockRows;
  right: BlockRows;
  /** left × right */
  products: Float32Array;
  options: PathOptions;
}

/** Finds the cheapest step to each node of a tile; all that lead to it from outside are known. */
function relax(nodes: Nodes, tile: Tile, tileCosts: TileCosts): void {
  const { source, target, left, right, products, options } = tileCosts;
  const { first, end } = nodes.band;
  const { offset, total } = nodes;
  const { chance, maxSentences } = options;
  const { least, joining, ratio, alone, aloneLength } = options.costs;
  const [longestX, longestY] = [source.vectors.longest, target.vectors.longest];
  const [lengthsX, lengthsY] = [source.facts.lengths, target.facts.lengths];
  const [logarithmsX, logarithmsY] = [source.facts.logarithms, target.facts.logarithms];
  const [unlikeX, unlikeY] = [source.unlikeness, target.unlikeness];
  const columns = right.data.length / target.vectors.dimensions;
  for (let x = tile.x; x < tile.endX; x++) {
    const endY = Math.min(tile.endY, end[x]);
    for (let y = Math.max(tile.y, first[x]); y < endY; y++) {
      let best = x === 0 && y === 0 ? 0 : Number.POSITIVE_INFINITY;
      let [step, cosine, cost] = [0, 0, 0];
      if (x > 0 && y < end[x - 1]) {
        best = total[offset[x - 1] + y] + chance * (alone + aloneLength * lengthsX[(x - 1) * longestX]);
        step = 16;
      }
      if (y > first[x]) {
        const sum = total[offset[x] + y - 1] + chance * (alone + aloneLength * lengthsY[(y - 1) * longestY]);
        if (sum < best) {
          best = sum;
          step = 1;
        }
      }
      const mostX = y === 0 ? 0 : Math.min(x, longestX, maxSentences - 1);
      for (let a = 1; a <= mostX; a++) {
        const [from, lowest, highest] = [offset[x - a], first[x - a], end[x - a]];
        const blockX = (x - 1) * longestX + a - 1;
        const row = ((x - 1 - left.start) * longestX + a - 1) * columns;
        const column = (y - 1 - right.start) * longestY - 1;
        const mostY = Math.min(y - lowest, longestY, maxSentences - a);
        for (let b = Math.max(1, y - highest + 1); b <= mostY; b++) {
          const before = total[from + y - b] + joining * (a + b - 2);
          // No cost is below 0.
          if (before >= best) continue;
          const blockY = (y - 1) * longestY + b - 1;
          const product = products[row + column + b];
          const unlike = normalisedCost(product, unlikeX[blockX], unlikeY[blockY]);
          const apart = logarithmsX[blockX] - logarithmsY[blockY];
          const sum =
            before + unlike * (least + 0.5 * (lengthsX[blockX] + lengthsY[blockY])) + ratio * apart * apart;
          if (sum >= best) continue;
          best = sum;
          step = 16 * a + b;
          cosine = product;
          cost = unlike;
        }
      }
      const node = offset[x] + y;
      total[node] = best;
      nodes.step[node] = step;
      nodes.cosine[node] = cosine;
      nodes.cost[node] = cost;
    }
  }
}
