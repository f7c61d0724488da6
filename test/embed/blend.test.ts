import test from "ava";
import { blendEncoders } from "../../src/embed/blend.js";
import { openEncoder } from "../../src/embed/open-encoder.js";
import { OptionError } from "../../src/errors.js";
import { prepareRows } from "../../src/search/prepare-rows.js";
import type { Encoder } from "../../src/types/encoder.js";

/** Gives each text the vector of its number in a table. */
function tableOf(vectors: number[][]): Encoder {
  return {
    space: `table-${vectors.flat().join()}`,
    dimensions: vectors[0].length,
    encode: async (texts) => Float32Array.from(texts.flatMap((text) => vectors[Number(text)])),
  };
}

const first = tableOf([
  [3, 4],
  [4, 3],
]);
const second = tableOf([
  [0, 2, 0],
  [1, 0, 0],
]);

test("a cosine of a blend is the weighted mean of both encoders' cosines", async (t) => {
  const blend = blendEncoders(first, second, 0.3);
  t.is(blend.dimensions, 5);
  const data = await blend.encode(["0", "1"]);
  prepareRows({ rows: 2, dimensions: 5, data }, { blocks: blend.blocks });
  const cosine = data.subarray(0, 5).reduce((sum, value, i) => sum + value * data[5 + i], 0);
  // 0.7 times 24/25, and 0.3 times 0.
  t.true(Math.abs(cosine - 0.7 * (24 / 25)) < 1e-6);
});

test("a blend asks for centring and has a space of its own", (t) => {
  const spaces = [
    blendEncoders(first, second, 0.3),
    blendEncoders(first, second, 0.4),
    blendEncoders(second, first, 0.3),
  ];
  t.is(new Set(spaces.map(({ space }) => space)).size, 3);
  t.true(spaces[0].centre);
});

test("an encoder that is fitted is fitted within a blend", async (t) => {
  let texts = 0;
  const fitting: Encoder = {
    ...first,
    fit: async (batches) => {
      for await (const batch of batches) texts += batch.length;
      return { ...first, space: "fitted" };
    },
  };
  const fitted = await blendEncoders(fitting, second, 0.5).fit!([["0"], ["1", "0"]]);
  t.is(texts, 3);
  t.true(fitted.space.startsWith("fitted+0.5×"));
  t.is(fitted.fit, undefined);
  t.throws(() => blendEncoders(fitting, fitting, 0.5), {
    instanceOf: OptionError,
    message: /both have to be fitted/,
  });
});

test("a weight beyond 0 and 1 is wrong usage", (t) => {
  for (const weight of [0, 1, -1, Number.NaN])
    t.throws(() => blendEncoders(first, second, weight), {
      instanceOf: OptionError,
      message: /between 0 and 1/,
    });
});

test("texts that are too long for either are counted", async (t) => {
  const cutting = (encoder: Encoder, count: number): Encoder => ({
    ...encoder,
    encode: (texts, options) => {
      options?.onTruncated?.(count);
      return encoder.encode(texts, options);
    },
  });
  const counts: number[] = [];
  const onTruncated = (count: number) => counts.push(count);
  await blendEncoders(first, cutting(second, 2), 0.5).encode(["0", "1"], { onTruncated });
  await blendEncoders(cutting(first, 1), cutting(second, 2), 0.5).encode(["0", "1"], { onTruncated });
  await blendEncoders(first, second, 0.5).encode(["0", "1"], { onTruncated });
  t.deepEqual(counts, [2, 2]);
});

test("a weight that cannot be is refused before anything is opened", async (t) => {
  await t.throwsAsync(openEncoder("no/such/folder", { blend: { encoder: "no/other", weight: 2 } }), {
    instanceOf: OptionError,
    message: /between 0 and 1/,
  });
});
