import type { SideName } from "../types/texts.js";
import type { VectorRows } from "../types/vectors.js";
import { centredRows } from "./centred-rows.js";
import { type Centroids, encodeCentroids } from "./centroids.js";
import { type Codes, IVF_TYPE } from "./coding.js";
import { encodeRows } from "./encode-rows.js";
import { NearestCentroids } from "./nearest-centroids.js";
import { type Range, ranges } from "./ranges.js";

/** Rows that are put into lists at once. */
const LISTED_ROWS = 16_384;

/** Rows by the list that they are in: those of list l are `items[starts[l]]` up to `items[starts[l + 1]]`. */
export interface Grouped {
  starts: Uint32Array;
  items: Uint32Array;
}

/** Rows of a side, from which its own mean is subtracted. */
export interface ListedSide {
  name: SideName;
  rows: VectorRows;
}

/** The lists of an inverted file, one for each centroid. */
export class Lists {
  private constructor(
    private readonly centroids: Codes,
    private readonly count: number,
    private readonly means: Centroids["means"],
    private readonly nearestCentroids: NearestCentroids,
  ) {}

  static async open({ vectors, means }: Centroids, threads?: number): Promise<Lists> {
    const nearest = await NearestCentroids.open(IVF_TYPE, vectors.dimensions, threads);
    return new Lists(encodeCentroids(vectors), vectors.rows, means, nearest);
  }

  /** Puts each row into its nearest lists, in the order of the rows. Memory: 8 bytes for each list of a row. */
  async nearest(
    { name, rows }: ListedSide,
    range: Range,
    each: number,
    signal?: AbortSignal,
  ): Promise<Grouped> {
    const centred = centredRows(rows, this.means[name]);
    const wanted = Math.min(each, this.count);
    const lists = new Uint16Array((range.end - range.first) * wanted);
    for (const part of ranges(range.first, range.end, LISTED_ROWS)) {
      signal?.throwIfAborted();
      const codes = encodeRows(centred, part, IVF_TYPE, "left");
      const found = await this.nearestCentroids.find(codes, this.centroids, wanted);
      lists.set(found.lists, (part.first - range.first) * wanted);
    }
    return groupByList(lists, this.count, (at) => range.first + Math.floor(at / wanted));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.nearestCentroids[Symbol.asyncDispose]();
  }
}

function groupByList(lists: Uint16Array, count: number, itemAt: (at: number) => number): Grouped {
  const starts = new Uint32Array(count + 1);
  for (const list of lists) starts[list + 1]++;
  for (let list = 0; list < count; list++) starts[list + 1] += starts[list];
  const items = new Uint32Array(lists.length);
  const next = starts.slice(0, count);
  for (let at = 0; at < lists.length; at++) items[next[lists[at]]++] = itemAt(at);
  return { starts, items };
}
