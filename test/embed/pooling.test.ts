import test from "ava";
import { normaliseRows } from "../../src/embed/normalise.js";
import { type PoolingMode, pool } from "../../src/embed/transformer/pooling.js";

/** One text of three tokens, padded to four; two dimensions: (1, 6), (2, 2), (6, 1), and padding. */
const states = { data: Float32Array.of(1, 6, 2, 2, 6, 1, 100, 100), paddedLength: 4, dimensions: 2 };

const expected: Record<PoolingMode, [number, number]> = {
  cls: [1, 6],
  lasttoken: [6, 1],
  mean: [9 / 3, 9 / 3],
  mean_sqrt_len_tokens: [9 / Math.sqrt(3), 9 / Math.sqrt(3)],
  // 1·1 + 2·2 + 3·6 and 1·6 + 2·2 + 3·1, by 1 + 2 + 3.
  weightedmean: [23 / 6, 13 / 6],
  max: [6, 6],
};

for (const [mode, [x, y]] of Object.entries(expected)) {
  test(`${mode} pooling leaves padding out`, (t) => {
    t.deepEqual([...pool(states, [3], [mode as PoolingMode])], [Math.fround(x), Math.fround(y)]);
  });
}

test("a prompt that is not included does not count", (t) => {
  t.deepEqual([...pool(states, [3], ["mean"], 1)], [4, 1.5]);
});

test("without the prompt, the first token after it is the text's first", (t) => {
  t.deepEqual([...pool(states, [3], ["cls"], 1)], [2, 2]);
});

test("of a text that is all prompt, only its first token can be told", (t) => {
  t.deepEqual([...pool(states, [3], ["cls", "lasttoken", "mean"], 3)], [1, 6, 0, 0, 0, 0]);
});

test("several modes are concatenated", (t) => {
  t.deepEqual([...pool(states, [3], ["cls", "max"])], [1, 6, 6, 6]);
});

test("normalising gives length 1 and leaves zeros alone", (t) => {
  const vectors = normaliseRows(Float32Array.of(3, 4, 0, 0), 2);
  t.deepEqual([...vectors], [Math.fround(0.6), Math.fround(0.8), 0, 0]);
});
