import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import { embedFile } from "../../../src/jobs/embed/embed-file.js";
import type { MineOptions } from "../../../src/jobs/mine.js";
import { mine } from "../../../src/jobs/mine.js";
import type { ScoredPair } from "../../../src/types/pairs.js";
import { crisscross } from "../../cli/terminal.js";
import { temporaryFolder } from "../../temporary-folder.js";

const at = (name: string) => join("test/jobs/foreign", name);
const expected: Record<string, [number, string, string][]> = JSON.parse(
  readFileSync(at("pairs.json"), "utf8"),
);

async function all(pairs: AsyncIterable<ScoredPair>): Promise<ScoredPair[]> {
  const list: ScoredPair[] = [];
  for await (const pair of pairs) list.push(pair);
  return list;
}

function areExpected(t: ExecutionContext, pairs: readonly ScoredPair[], type = "float32"): void {
  t.deepEqual(
    pairs.map(({ source, target }) => [source.text, target.text]),
    expected[type].map(([, source, target]) => [source, target]),
  );
  for (const [i, { score }] of pairs.entries()) t.true(Math.abs(score - expected[type][i][0]) < 1e-5);
}

const mined = (name: string, options: MineOptions) =>
  all(mine(at(`source.${name}`), at(`target.${name}`), options));

for (const version of ["v1", "v2"])
  test(`the only column of lists of numbers holds the vectors, and another the text: pages of ${version}`, async (t) => {
    areExpected(t, await mined(`${version}.parquet`, { vectors: "parquet" }));
    const texts = { sourceText: at("source.txt"), targetText: at("target.txt") };
    areExpected(t, await mined(`${version}.parquet`, texts));
  });

for (const field of ["float", "double", "half", "fixed", "large", "strict", "in.dense"])
  test(`lists as pyarrow writes them: ${field}`, async (t) => {
    areExpected(
      t,
      await mined("kinds.parquet", { vectorField: field }),
      field === "half" ? "float16" : "float32",
    );
  });

test("a column of each side is named, and text and vectors of one file stay apart", async (t) => {
  const pairs = await mined("kinds.parquet", {
    vectorField: { source: "float", target: "double" },
    read: { field: "text" },
  });
  areExpected(t, pairs);
  await t.throwsAsync(mined("kinds.parquet", { vectorField: "float", read: { field: "number" } }), {
    message: /row 1: field "number" is an array; expected a text/,
  });
});

test("a column that is missing, or is one of several, or not of numbers with a point is told by name", async (t) => {
  const given: MineOptions = { sourceText: at("source.txt"), targetText: at("target.txt") };
  for (const [options, message] of [
    [
      {},
      /source\.kinds\.parquet: has 7 columns of lists of numbers \(FLOAT, DOUBLE, FLOAT16\): float, double, .*in\.dense\. Name it with vectorField/,
    ],
    [{ vectorField: "vector" }, /has no column "vector" of lists of numbers .*its columns are text, number/],
    [{ vectorField: "number" }, /its column "number" has lists of INT32; expected lists of numbers/],
  ] as const)
    await t.throwsAsync(mined("kinds.parquet", { ...given, ...options }), {
      instanceOf: InputError,
      message,
    });
  const none = at("no-vector.parquet");
  await t.throwsAsync(all(mine(none, none, given)), { message: /has no vector in its column "vector"/ });
  await t.throwsAsync(all(mine("samples/town.de", "samples/town.en", { vectors: "parquet" })), {
    message: /town\.de: is no Parquet, or is damaged/,
  });
  await t.throwsAsync(
    all(mine(at("source.float32.npy"), at("target.float32.npy"), { ...given, vectors: "parquet" })),
    {
      instanceOf: OptionError,
      message: /vectors is given, but there are no vectors in Parquet/,
    },
  );
});

test("a list that is null, empty, of another length or with a null in it is told by its row, or left out", async (t) => {
  const options: MineOptions = { sourceText: at("source.txt"), targetText: at("target.txt") };
  const faulty = () => all(mine(at("faults.parquet"), at("target.v1.parquet"), options));
  await t.throwsAsync(faulty(), {
    instanceOf: InputError,
    message:
      /source\.txt, line 3: its vector, row 3 of .*faults\.parquet, has 15 numbers, where the first vector has 16/,
  });
  const told: string[] = [];
  const pairs = await all(
    mine(at("faults.parquet"), at("target.v1.parquet"), {
      ...options,
      read: { onError: "skip", onSkip: (error) => told.push(error.message) },
      retrieval: "forward",
    }),
  );
  t.true(pairs.length > 0);
  t.false(pairs.some(({ source }) => [3, 5, 8, 9].some((line) => source.lines.includes(line))));
  t.deepEqual(
    told.map((message) => /row (\d+) of \S+, (.*?)\./.exec(message)?.slice(1)),
    [
      ["3", "has 15 numbers, where the first vector has 16"],
      ["5", "is empty or null"],
      ["8", "is empty or null"],
      ["9", "is not finite (NaN or infinite)"],
    ],
  );
});

test("rows and lines are counted, a damaged row group is told, and raw numbers are no Parquet", async (t) => {
  const source = at("source.v1.parquet");
  const texts = { sourceText: at("target.txt"), targetText: at("target.txt") };
  await t.throwsAsync(all(mine(source, at("target.v1.parquet"), texts)), {
    message: /source\.v1\.parquet: has 45 rows, but .*target\.txt has 50 lines/,
  });
  const damaged = join(temporaryFolder(t), "damaged.parquet");
  const bytes = readFileSync(source);
  bytes.fill(0xff, 600, 1200);
  writeFileSync(damaged, bytes);
  await t.throwsAsync(
    all(mine(damaged, at("target.v1.parquet"), { ...texts, sourceText: at("source.txt") })),
    {
      instanceOf: InputError,
      message: /damaged\.parquet: row group 1, rows 1 to 7, cannot be read/,
    },
  );
});

test("Parquet in parts has its text elsewhere", async (t) => {
  const folder = temporaryFolder(t);
  copyFileSync(at("source.v1.parquet"), join(folder, "train-0.parquet"));
  const parts = join(folder, "train-*.parquet");
  const sourceText = at("source.txt");
  areExpected(t, await all(mine(parts, at("target.v2.parquet"), { sourceText, vectorField: "float" })));
});

test("embed and mine take Parquet on the command line", async (t) => {
  const output = join(temporaryFolder(t), "a.npy");
  const how = [
    "--from",
    at("source.kinds.parquet"),
    "--vector-field",
    "fixed",
    "--space",
    "LASER2",
    "--quiet",
  ];
  t.is((await crisscross(["embed", at("source.txt"), ...how, "-o", output])).code, 0);
  const { code, stdout } = await crisscross([
    "mine",
    output,
    at("target.kinds.parquet"),
    "--vector-field",
    "in.dense,double",
    "--space",
    "LASER2",
  ]);
  t.is(code, 0);
  t.is(stdout.trim().split("\n").length, expected.float32.length);
  await t.throwsAsync(embedFile(at("source.txt"), output, { from: at("source.kinds.parquet"), space: "x" }), {
    message: /has 7 columns of lists/,
  });
});
