import test from "ava";
import { OptionError } from "../../src/errors.js";
import { inMemory } from "../../src/search/in-memory.js";
import { checkShard, cutShard } from "../../src/search/shard.js";
import { randomUnitVectors } from "../random.js";

/** Five blocks of 1,024 rows and one row more. */
const ROWS = 5121;

for (const of of [1, 2, 3, 6, 16]) {
  test(`${of} shards are all rows once, in order, cut where a block ends`, (t) => {
    const side = {
      vectors: inMemory(randomUnitVectors(ROWS, 2, 1)),
      rowNumbers: Uint32Array.from({ length: ROWS }, (_, row) => 2 * row),
    };
    const shards = Array.from({ length: of }, (_, i) => cutShard(side, { number: i + 1, of }));
    t.deepEqual(
      shards.flatMap(({ rowNumbers }) => [...rowNumbers]),
      [...side.rowNumbers],
    );
    t.deepEqual(
      shards.flatMap(({ vectors }) => [...vectors.read(0, vectors.rows)]),
      [...side.vectors.read(0, ROWS)],
    );
    for (const { vectors } of shards.slice(0, -1)) t.is(vectors.rows % 1024, 0);
  });
}

for (const [number, of] of [
  [0, 16],
  [17, 16],
  [1, 0],
  [1.5, 2],
  [Number.NaN, 2],
]) {
  test(`there is no shard ${number}/${of}`, (t) => {
    t.throws(() => checkShard({ number, of }), { instanceOf: OptionError, message: /There is no shard/ });
  });
}
