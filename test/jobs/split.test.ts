import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import test from "ava";
import { InputError, OptionError, OutputError } from "../../src/errors.js";
import type { SplitOptions } from "../../src/jobs/split/options.js";
import { splitBitext } from "../../src/jobs/split/split.js";
import { randomNumbers } from "../random.js";
import { temporaryFolder } from "../temporary-folder.js";

const SPLITS = ["train", "dev", "test"];

function setUp(t: Parameters<typeof temporaryFolder>[0], rows: string[]) {
  const folder = temporaryFolder(t);
  const input = join(folder, "corpus.tsv");
  writeFileSync(input, rows.map((row) => `${row}\n`).join(""));
  const split = async (
    name: string,
    options: SplitOptions,
    from: Parameters<typeof splitBitext>[0] = input,
  ) => {
    const path = join(folder, name);
    const summary = await splitBitext(from, path, options);
    const read = (one: string) =>
      readFileSync(join(path, `${one}.tsv`), "utf8")
        .split("\n")
        .slice(0, -1);
    return { summary, splits: SPLITS.map(read), folder: path };
  };
  return { input, split };
}

test("a space at a sentence's end does not make another sentence of it", async (t) => {
  const { split } = setUp(t, ["a\tb", "a \tc", " c\td", "e\tf"]);
  const { summary } = await split("splits", { test: 1, dev: 0 });
  t.like(summary, { components: 2, largest: 3, test: 1 });
});

/** Pairs that share many sentences: some with the next, some across sides. */
function sharing(count: number): string[] {
  const next = randomNumbers(3);
  return Array.from({ length: count }, (_, i) => {
    const source = next() < 0.1 ? `s${Math.floor(next() * i)}` : `s${i}`;
    const target = next() < 0.1 ? `t${Math.floor(next() * i)}` : next() < 0.01 ? `s${i + 1}` : `t${i}`;
    return `${source}\t${target}`;
  });
}

test("no sentence is in two splits, every pair is in one, and they are as large as was asked for", async (t) => {
  const rows = sharing(5000);
  const { split } = setUp(t, rows);
  const { splits, summary } = await split("splits", { test: 200, dev: 100 });
  t.deepEqual(
    splits.map(({ length }) => length),
    [4700, 100, 200],
  );
  t.deepEqual(splits.flat().sort(), rows.toSorted());
  const sentences = splits.map((one) => new Set(one.flatMap((row) => row.split("\t"))));
  for (const [a, b] of [
    [0, 1],
    [0, 2],
    [1, 2],
  ])
    t.deepEqual(
      [...sentences[a]].filter((text) => sentences[b].has(text)),
      [],
    );
  const order = new Map(rows.map((row, i) => [row, i]));
  for (const one of splits)
    t.deepEqual(
      one,
      one.toSorted((a, b) => order.get(a)! - order.get(b)!),
    );
  t.true(summary.components < 5000 && summary.largest > 2);
});

test("sentences that hang together through others stay together", async (t) => {
  const chain = ["a\tb", "c\tb", "c\td", "e\td", "f\te"];
  const { split } = setUp(t, [...chain, "x\ty", "u\tv"]);
  for (const seed of [0, 1, 2, 3]) {
    const { splits, summary } = await split(`splits${seed}`, { test: 1, dev: 1, seed });
    t.deepEqual(splits[0], chain);
    t.deepEqual([summary.components, summary.largest], [3, 5]);
  }
});

test("blank sides join nothing, and near sentences join where asked", async (t) => {
  const { split } = setUp(t, ["\ta", "\tb", "Satz 1\tx", "satz 2!\ty"]);
  t.is((await split("exact", { test: 1, dev: 1 })).summary.components, 4);
  t.is((await split("near", { test: 1, dev: 1, near: true })).summary.components, 3);
});

test("the seed chooses, and a stream and little memory change nothing", async (t) => {
  const { split, input } = setUp(t, sharing(30_000));
  const options = { test: 300, dev: 300 };
  const first = await split("first", options);
  const spilled = await split("spilled", { ...options, memory: 2 ** 21 }, createReadStream(input));
  t.deepEqual(spilled.splits, first.splits);
  t.is(
    readFileSync(join(spilled.folder, "split.stats.json"), "utf8"),
    readFileSync(join(first.folder, "split.stats.json"), "utf8"),
  );
  const other = await split("other", { ...options, seed: 1 });
  t.notDeepEqual(other.splits[2], first.splits[2]);
});

test("splits are written as moses and compressed where asked", async (t) => {
  const { split, input } = setUp(t, sharing(50));
  const folder = join(input, "..", "moses");
  await splitBitext(input, folder, {
    test: 5,
    dev: 0,
    format: "moses",
    languages: ["de", "en"],
    compress: "gz",
  });
  for (const name of ["train.de.gz", "train.en.gz", "dev.de.gz", "test.en.gz"])
    t.true(existsSync(join(folder, name)));
  t.is((await split("again", { test: 5, dev: 0 })).splits[2].length, 5);
});

(existsSync("/dev/full") ? test : test.skip)(
  "no split appears where one of them cannot be written",
  async (t) => {
    const { input } = setUp(t, sharing(50));
    const folder = join(input, "..", "full");
    mkdirSync(folder);
    symlinkSync("/dev/full", join(folder, "test.tsv"));
    await t.throwsAsync(splitBitext(input, folder, { test: 5, dev: 5 }), {
      instanceOf: OutputError,
      message: /test\.tsv: the disk is full/,
    });
    t.deepEqual(readdirSync(folder), ["test.tsv"]);
  },
);

test("split never takes its input's place", async (t) => {
  const { input } = setUp(t, sharing(50));
  const inside = join(input, "..", "train.tsv");
  writeFileSync(inside, readFileSync(input));
  await t.throwsAsync(() => splitBitext(inside, join(input, "..")), {
    instanceOf: OptionError,
    message: /is also an input/,
  });
});

test("split says what it cannot do", async (t) => {
  const { split } = setUp(t, ["a\tb", "a\tc", "a\td"]);
  await t.throwsAsync(() => split("splits", { test: 1, dev: 0 }), {
    instanceOf: InputError,
    message: /has no pairs for test: its 3 pairs are linked by shared sentences, up to 3 of them/,
  });
  await t.throwsAsync(() => split("splits", { test: 1.5 }), {
    instanceOf: OptionError,
    message: /test is 1\.5/,
  });
  for (const memory of [1, 1024, 2 ** 21 - 1, Number.NaN])
    await t.throwsAsync(() => split("splits", { memory }), {
      instanceOf: OptionError,
      message: `memory is ${memory} bytes; expected at least 2 MiB.`,
    });
  const many = setUp(
    t,
    Array.from({ length: 300_000 }, (_, i) => `${i}\tx${i}`),
  );
  await t.throwsAsync(() => many.split("splits", { memory: 2 ** 21 }), {
    instanceOf: OptionError,
    message: /too small for more than 262144 pairs, each of which takes 8 bytes/,
  });
});
