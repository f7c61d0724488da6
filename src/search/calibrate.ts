import { availableParallelism } from "node:os";
import { CODINGS, type SearchType } from "./coding.js";
import { BLOCK } from "./exact/task.js";
import { idsOf } from "./ranges.js";
import { emptyLists } from "./threads/empty-lists.js";
import { StripPair } from "./threads/strip-pair.js";

const WARM_UP = 4;
const HALF_SECOND_MS = 500;
const K = 8;

/**
 * How many pairs of rows this machine compares in a second, by comparing blocks on one thread for half a second, or as
 * many pairs as a search of this size does. Threads work at different blocks, so each adds as much.
 */
export async function measurePairsPerSecond(
  type: SearchType,
  size: { source: number; target: number; dimensions: number },
  threads = availableParallelism(),
): Promise<number> {
  const coding = CODINGS[type];
  const { dimensions } = size;
  const block = {
    rows: Math.min(BLOCK.rows, size.source),
    columns: Math.min(BLOCK.columns, size.target),
  };
  const [left, right] = [block.rows, block.columns].map((rows) => ({ rows, k: K }));
  await using pair = await StripPair.open({ type, dimensions, block, left, right });
  const rows = {
    codes: new coding.left.Codes(left.rows * dimensions),
    ids: idsOf({ first: 0, end: left.rows }),
  };
  const columns = {
    codes: new coding.right.Codes(right.rows * dimensions),
    ids: idsOf({ first: 0, end: right.rows }),
  };
  // Numbers that look random enough not to be all the same.
  for (let i = 0; i < rows.codes.length; i++) rows.codes[i] = coding.left.zero + ((i * 7919) % 61) - 30;
  for (let i = 0; i < columns.codes.length; i++) columns.codes[i] = ((i * 104_729) % 59) - 29;
  pair.left.load({ ...rows, lists: emptyLists(left.rows, K) });
  pair.right.load({ ...columns, lists: emptyLists(right.rows, K) });
  for (let i = 0; i < WARM_UP; i++) await pair.compare(rows.ids, columns.ids);
  const start = performance.now();
  let pairs = 0;
  do {
    await pair.compare(rows.ids, columns.ids);
    pairs += block.rows * block.columns;
  } while (performance.now() - start < HALF_SECOND_MS && pairs < size.source * size.target);
  return (threads * pairs * 1000) / (performance.now() - start);
}
