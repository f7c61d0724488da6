import { createReadStream, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { InputError, OptionError } from "../../src/errors.js";
import { dedupBitext } from "../../src/jobs/dedup/dedup.js";
import { temporaryFolder } from "../temporary-folder.js";

const ROWS = [
  "Eins\tOne",
  "Zwei\tTwo",
  "Eins\tOne",
  "eins!\tone",
  "Eins\tFirst",
  "Erstens\tFirst",
  "7\t8",
  "8\t7",
];

function setUp(t: Parameters<typeof temporaryFolder>[0], rows = ROWS) {
  const folder = temporaryFolder(t);
  const [input, output] = [join(folder, "corpus.tsv"), join(folder, "distinct.tsv")];
  writeFileSync(input, rows.map((row) => `${row}\n`).join(""));
  const written = () => readFileSync(output, "utf8").trimEnd().split("\n");
  return { input, output, written };
}

test("dedup keeps the first of each pair, in order, and leaves its counts", async (t) => {
  const { input, output, written } = setUp(t);
  const { seconds: _, ...counts } = await dedupBitext(input, output);
  t.deepEqual(
    written(),
    [0, 1, 3, 4, 5, 6, 7].map((row) => ROWS[row]),
  );
  t.deepEqual(counts, { pairs: 8, kept: 7, duplicates: 1, skipped: 0 });
  t.deepEqual(JSON.parse(readFileSync(`${output}.stats.json`, "utf8")), counts);
});

test("dedup of one side, and by letters alone; texts without letters stay different", async (t) => {
  const { input, output, written } = setUp(t);
  await dedupBitext(input, output, { of: "target" });
  t.deepEqual(
    written(),
    [0, 1, 3, 4, 6, 7].map((row) => ROWS[row]),
  );
  await dedupBitext(input, output, { near: true });
  t.deepEqual(
    written(),
    [0, 1, 4, 5, 6, 7].map((row) => ROWS[row]),
  );
});

test("dedup by letters alone knows letters by their marks, however they are composed", async (t) => {
  const { input, output, written } = setUp(t, [
    "ข่าว 1\tnews",
    "ข้าว 2\tnews",
    "ข่าว\tNews!",
    "café\tx",
    "CAFE\u0301\tx",
  ]);
  await dedupBitext(input, output, { near: true });
  t.deepEqual(written(), ["ข่าว 1\tnews", "ข้าว 2\tnews", "café\tx"]);
});

test("dedup by letters alone tells words of Hindi apart by their vowel signs, composed or not", async (t) => {
  const { input, output, written } = setUp(t, [
    "कि\tx",
    "की\tx",
    "कु\tx",
    "ज़रा\ty",
    "ज\u093cरा!\ty",
    "जरा\ty",
  ]);
  await dedupBitext(input, output, { near: true });
  t.deepEqual(written(), ["कि\tx", "की\tx", "कु\tx", "ज़रा\ty", "जरा\ty"]);
});

test("of equal pairs the best by score, or the longest, is kept, in the order of the bitext", async (t) => {
  const rows = [
    "0.2\tEins\tOne",
    "0.1\tZwei\tTwo",
    "0.9\teins\tone!",
    "0.9\teins\tone",
    "\tZwei!!\tTwo",
    "0.5\teins ...\tone",
  ];
  const { input, output, written } = setUp(t, rows);
  const kept = async (keep?: "first" | "best" | "longest", memory?: number) => {
    const { kept: count } = await dedupBitext(input, output, { near: true, keep, memory });
    t.is(count, 2);
    return written();
  };
  t.deepEqual(await kept(), [rows[0], rows[1]]);
  t.deepEqual(await kept("best"), [rows[1], rows[2]]);
  t.deepEqual(await kept("longest"), [rows[4], rows[5]]);
});

test("the longest is the one of the most code points", async (t) => {
  const rows = ["Hallo 😀😀\tx", "Hallo !!!\tx"];
  const { input, output, written } = setUp(t, rows);
  await dedupBitext(input, output, { near: true, keep: "longest" });
  t.deepEqual(written(), [rows[1]]);
});

test("the best of equal pairs is the same whatever the memory, and needs scores", async (t) => {
  const rows = Array.from(
    { length: 90_000 },
    (_, i) => `${(i * 7919) % 1009}\tsatz ${i % 40_000}\tsentence ${i % 40_000}`,
  );
  const best = new Map<string, string>();
  for (const row of rows) {
    const [score, source] = row.split("\t");
    if (!best.has(source) || Number(score) > Number(best.get(source)!.split("\t")[0])) best.set(source, row);
  }
  const expected = new Set(best.values());
  const { input, output, written } = setUp(t, rows);
  for (const memory of [2 ** 30, 2 ** 20]) {
    await dedupBitext(input, output, { keep: "best", memory });
    t.deepEqual(
      written(),
      rows.filter((row) => expected.has(row)),
    );
  }
  const without = setUp(t, ["a\tb", "a\tb"]);
  await t.throwsAsync(dedupBitext(without.input, without.output, { keep: "best" }), {
    instanceOf: InputError,
    message: /has no scores, so that none of equal pairs is the best\./,
  });
});

test("a stream and the least memory give the same bytes as a file in memory", async (t) => {
  const rows = Array.from(
    { length: 60_000 },
    (_, i) => `satz ${(i * 7919) % 40_000}\tsentence ${(i * 7919) % 40_000}`,
  );
  const { input, output } = setUp(t, rows);
  t.is((await dedupBitext(input, output)).kept, 40_000);
  const expected = readFileSync(output);
  await dedupBitext(createReadStream(input), output, { memory: 2 ** 20 });
  t.true(expected.equals(readFileSync(output)));
});

test("dedup says what it cannot do, and leaves no file", async (t) => {
  const { input, output } = setUp(t, ["only this"]);
  await t.throwsAsync(() => dedupBitext(input, output), {
    instanceOf: InputError,
    message: /line 1: has 1 column/,
  });
  await t.throwsAsync(() => dedupBitext(input, output, { memory: 100 }), {
    instanceOf: OptionError,
    message: /memory is 100 bytes; expected at least 1 MiB/,
  });
  await t.throwsAsync(() => dedupBitext(input, output, { of: "both" as never }), { message: /of is "both"/ });
  t.false(existsSync(output));
});
