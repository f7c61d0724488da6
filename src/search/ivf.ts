import type { VectorRows } from "../types/vectors.js";
import { BlockProducts } from "./block-products.js";
import type { BothWays, SearchOptions } from "./both-ways.js";
import type { Centroids } from "./centroids.js";
import { IVF_TYPE } from "./coding.js";
import { type BlockSide, collect } from "./collect.js";
import { encodeRows } from "./encode-rows.js";
import { type Grouped, type ListedSide, Lists } from "./lists.js";
import { Nearest } from "./nearest.js";
import { idsOf, type Range, ranges } from "./ranges.js";
import { reorder } from "./reorder.js";

/** Rows that look at the lists of the other side at once. */
const ASKING_ROWS = 131_072;
/** The most rows, and columns, of a block of products. */
const BLOCK_ROWS = 2048;

export interface IvfOptions extends Omit<SearchOptions, "type"> {
  centroids: Centroids;
  /** Lists that each row looks at; more finds more of the true neighbours. */
  probes: number;
}

interface OpenSide extends ListedSide {
  /** Which factor of every product it is. */
  factor: "left" | "right";
  nearest: Nearest;
}

/**
 * Joins both sides by an inverted file. Every row is in the list of its nearest centroid and looks at the lists of its
 * nearest few; a source and a target are compared if either looks at the other's list, which finds far more of the true
 * neighbours than twice as many lists from one side. Each list takes one dense product with all rows of the other side
 * that look at it, which serves both directions.
 *
 * Memory: a byte for each number of the held rows, 8 · k + 6 bytes a row, and 131,072 rows with 16 bytes for each list
 * they look at.
 */
export async function searchIvf(
  source: VectorRows,
  target: VectorRows,
  { centroids, probes, k, heldRows, threads, signal, onProgress }: IvfOptions,
): Promise<BothWays> {
  const sources: OpenSide = {
    name: "source",
    factor: "left",
    rows: source,
    nearest: new Nearest(source.rows, Math.min(k, target.rows)),
  };
  const targets: OpenSide = {
    name: "target",
    factor: "right",
    rows: target,
    nearest: new Nearest(target.rows, Math.min(k, source.rows)),
  };
  await using lists = await Lists.open(centroids, threads);
  const most = Math.min(BLOCK_ROWS, Math.max(source.rows, target.rows));
  const largest = { rows: most, columns: most };
  await using products = await BlockProducts.open(IVF_TYPE, source.dimensions, largest, threads);
  let done = 0;
  const onChunk = (pairs: number) => {
    done += pairs / 2;
    onProgress?.(Math.floor(done));
  };
  for (const [asking, listed] of [
    [sources, targets],
    [targets, sources],
  ]) {
    const joined = join(asking, listed, lists, { probes, heldRows, signal, onChunk });
    for await (const [asked, held] of joined) {
      signal?.throwIfAborted();
      const [left, right] = asking.factor === "left" ? [asked, held] : [held, asked];
      collect(await products.multiply(left, right), left, right);
    }
  }
  return { forward: sources.nearest, backward: targets.nearest };
}

interface JoinOptions extends Pick<IvfOptions, "probes" | "heldRows" | "signal"> {
  /** Called with the number of pairs that have been seen to. */
  onChunk(pairs: number): void;
}

/** Parts of each list with those that look at it. */
async function* join(
  asking: OpenSide,
  listed: OpenSide,
  lists: Lists,
  { probes, heldRows = listed.rows.rows, signal, onChunk }: JoinOptions,
): AsyncGenerator<[asked: BlockSide, held: BlockSide]> {
  const members = await lists.nearest(listed, { first: 0, end: listed.rows.rows }, 1, signal);
  const inOrder = reorder(listed.rows, members.items);
  for (const some of listRanges(members, heldRows)) {
    const held = { first: members.starts[some.first], end: members.starts[some.end] };
    const heldCodes = encodeRows(inOrder, held, IVF_TYPE, listed.factor);
    for (const chunk of ranges(0, asking.rows.rows, ASKING_ROWS)) {
      const askingCodes = encodeRows(asking.rows, chunk, IVF_TYPE, asking.factor);
      const looking = await lists.nearest(asking, chunk, probes, signal);
      for (let list = some.first; list < some.end; list++) {
        for (const part of ranges(members.starts[list], members.starts[list + 1], BLOCK_ROWS)) {
          const ids = members.items.subarray(part.first, part.end);
          const listedPart = { codes: heldCodes, at: idsOf(part, held.first), ids, nearest: listed.nearest };
          for (const { first, end } of ranges(looking.starts[list], looking.starts[list + 1], BLOCK_ROWS)) {
            const ids = looking.items.subarray(first, end);
            const at = ids.map((row) => row - chunk.first);
            yield [{ codes: askingCodes, at, ids, nearest: asking.nearest }, listedPart];
          }
        }
      }
      onChunk((chunk.end - chunk.first) * (held.end - held.first));
    }
  }
}

/** Ranges of lists that have no more than so many rows together, if they are more than one. */
function* listRanges({ starts }: Grouped, mostRows: number): Generator<Range> {
  const count = starts.length - 1;
  for (let first = 0; first < count; ) {
    let end = first + 1;
    while (end < count && starts[end + 1] - starts[first] <= mostRows) end++;
    yield { first, end };
    first = end;
  }
}
