import { appendFileSync, cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import type { JobEvent } from "../../../src/events.js";
import { embedFile } from "../../../src/jobs/embed/embed-file.js";
import type { MineOptions } from "../../../src/jobs/mine.js";
import { mine } from "../../../src/jobs/mine.js";
import { selectRun } from "../../../src/jobs/select-run.js";
import { mergeTiles } from "../../../src/jobs/tiles/merge-tiles.js";
import { searchTile } from "../../../src/jobs/tiles/search-tile.js";
import type { RawType } from "../../../src/store/arrays/raw-file.js";
import type { ScoredPair } from "../../../src/types/pairs.js";
import { crisscross } from "../../cli/terminal.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { letterEncoder } from "../letter-encoder.js";

const at = (name: string) => join("test/jobs/foreign", name);
const texts = { sourceText: at("source.txt"), targetText: at("target.txt") };
const expected: Record<string, [number, string, string][]> = JSON.parse(
  readFileSync(at("pairs.json"), "utf8"),
);
const npy = (type: string) => [at(`source.${type}.npy`), at(`target.${type}.npy`)] as const;
const RAW = { vectors: "raw", dimensions: 16 } as const;

async function all(pairs: AsyncIterable<ScoredPair>): Promise<ScoredPair[]> {
  const list: ScoredPair[] = [];
  for await (const pair of pairs) list.push(pair);
  return list;
}

const mined = (source: string, target: string, options: MineOptions = {}) =>
  all(mine(source, target, { ...texts, ...options }));

/** Asserts that these are the pairs that NumPy chose, with its scores. */
function areExpected(t: ExecutionContext, pairs: readonly ScoredPair[], type = "float32"): void {
  t.deepEqual(
    pairs.map(({ source, target }) => [source.text, target.text]),
    expected[type].map(([, source, target]) => [source, target]),
  );
  for (const [i, { score }] of pairs.entries()) t.true(Math.abs(score - expected[type][i][0]) < 1e-5);
}

const KINDS = {
  npy: ["float32", "float16", "float64"],
  raw: ["float32", "float16"],
  safetensors: ["float32", "float16", "float64", "bfloat16"],
} as const;

for (const [kind, types] of Object.entries(KINDS))
  for (const type of types)
    test(`${kind} vectors of ${type} give the pairs and scores that NumPy's margin gives`, async (t) => {
      const options: MineOptions = kind === "raw" ? { ...RAW, vectorType: type as RawType } : {};
      const pairs = await mined(at(`source.${type}.${kind}`), at(`target.${type}.${kind}`), options);
      // Numbers that were made as float32 stay what they are as float64.
      areExpected(t, pairs, type === "float64" ? "float32" : type);
    });

test("row n is line n: a text that stands twice has both lines, a row of zeros has no pair", async (t) => {
  const pairs = await mined(...npy("float32"), { retrieval: "forward" });
  const lines = readFileSync(at("source.txt"), "utf8").split("\n");
  t.deepEqual(pairs.find(({ source }) => source.text === lines[3])?.source.lines, [4, 10]);
  t.false(pairs.some(({ source }) => source.lines.includes(13)));
});

test("rows and lines that differ in number are both told", async (t) => {
  const folder = temporaryFolder(t);
  const longer = join(folder, "longer.txt");
  cpSync(texts.sourceText, longer);
  appendFileSync(longer, "one more\n");
  await t.throwsAsync(mined(...npy("float32"), { sourceText: longer }), {
    instanceOf: InputError,
    message: /source\.float32\.npy: has 45 rows, but .*longer\.txt has 46 lines\. Give the text/,
  });
  await t.throwsAsync(
    mined(at("source.float32.raw"), at("target.float32.raw"), { ...RAW, vectorType: "float16" }),
    {
      message: /has 90 rows, but .*source\.txt has 45 lines\. As float32 it has 45 rows/,
    },
  );
});

test("a raw file that is no whole number of rows is refused with what it would be", async (t) => {
  await t.throwsAsync(mined(at("source.float16.raw"), at("target.float16.raw"), RAW), {
    instanceOf: InputError,
    message:
      /has 1440 bytes, which is 22\.50 rows of 16 float32 numbers; expected whole rows\. As float16 it has 45 rows/,
  });
  await t.throwsAsync(mined(at("source.float32.raw"), at("target.float32.raw"), { ...RAW, dimensions: 17 }), {
    message: /rows of 17 float32 numbers; expected whole rows\. Say how many/,
  });
});

test("arrays in Fortran order, of other types and of other shapes are refused by what they are", async (t) => {
  for (const [name, message] of [
    ["fortran", /is in Fortran order/],
    ["big-endian", /has elements of type >f4; expected/],
    ["whole-numbers", /has elements of type <i4; expected/],
    ["one-row", /has the shape \(16\); expected rows × dimensions/],
  ] as const)
    await t.throwsAsync(mined(at(`${name}.npy`), npy("float32")[1]), { instanceOf: InputError, message });
});

test("a tensor is named where a safetensors file has several, however long its header is", async (t) => {
  const [, target] = npy("float32");
  const several = at("two-tensors.safetensors");
  areExpected(
    t,
    await mined(several, at("target.float32.safetensors"), {
      vectorField: { source: "vectors", target: "vectors" },
    }),
  );
  for (const [source, vectorField, message] of [
    [several, undefined, /has 2 tensors \(more, vectors\); expected one.* Name it with vectorField/],
    [several, "missing", /has no tensor "missing"; it has more, vectors/],
    [
      at("whole-numbers.safetensors"),
      undefined,
      /has a tensor of type I32; expected one of F32, F16, F64, BF16/,
    ],
    [at("one-row.safetensors"), undefined, /has the shape \(16\); expected rows × dimensions/],
    [at("source.float32.raw.safetensors"), undefined, /no such file/],
  ] as const)
    await t.throwsAsync(mined(source, target, { vectorField }), { instanceOf: InputError, message });
  await t.throwsAsync(mined(...npy("float32"), { vectorField: "vectors" }), {
    instanceOf: OptionError,
    message: /vectorField is given, but there are no vectors that have names/,
  });
});

test("a safetensors header that lies is refused", async (t) => {
  const file = join(temporaryFolder(t), "bad.safetensors");
  const header = (text: string, length = text.length) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(length));
    writeFileSync(file, Buffer.concat([bytes, Buffer.from(text), Buffer.alloc(64)]));
  };
  const tensor = (fields: object) =>
    JSON.stringify({ x: { dtype: "F32", shape: [1, 16], data_offsets: [0, 64], ...fields } });
  for (const write of [
    () => header("{}", 2 ** 40),
    () => header("{x}"),
    () => header(tensor({ shape: [2, 16] })),
    () => header(tensor({ data_offsets: [-8, 56] })),
    () => header('{"x":null}'),
  ]) {
    write();
    await t.throwsAsync(mined(file, npy("float32")[1]), {
      instanceOf: InputError,
      message: /header cannot be read/,
    });
  }
  header(tensor({ data_offsets: [64, 128] }));
  await t.throwsAsync(mined(file, npy("float32")[1]), { message: /is cut short/ });
});

test("files in which other programs keep vectors are refused by name, with what converts them", async (t) => {
  for (const [name, message] of [
    ["vectors.pt", /vectors\.pt: is a file of PyTorch; .*torch\.load\(".*vectors\.pt", "cpu"\)/],
    ["vectors.npz", /vectors\.npz: is an archive of NumPy's arrays \(\.npz\); .*numpy\.save/],
    ["vectors.pkl", /vectors\.pkl: is a pickle of Python; .*pickle\.load/],
  ] as const) {
    await t.throwsAsync(mined(at(name), npy("float32")[1]), { instanceOf: InputError, message });
    await t.throwsAsync(searchTile(at(name), at(name), join(temporaryFolder(t), "shard")), { message });
  }
  const other = join(temporaryFolder(t), "vectors");
  for (const [start, message] of [
    ["\x89HDF\r\n\x1a\n", /is HDF5; .*h5py/],
    ["ARROW1\0\0", /is Arrow; .*parquet/],
  ] as const) {
    writeFileSync(other, start, "latin1");
    await t.throwsAsync(mined(other, npy("float32")[1]), { instanceOf: InputError, message });
  }
});

test("foreign vectors are not compared with ours, unless their space is named so", async (t) => {
  const ours = join(temporaryFolder(t), "ours.npy");
  await embedFile(texts.targetText, ours, { encoder: letterEncoder() });
  const [theirs] = npy("float32");
  const { sourceText } = texts;
  await t.throwsAsync(all(mine(theirs, ours, { sourceText })), {
    instanceOf: OptionError,
    message: /vectors are of foreign, the target's of letters-16: they cannot be compared/,
  });
  t.true((await all(mine(theirs, ours, { sourceText, space: "letters-16" }))).length > 0);
});

test("what their space is taken for is noted, until it is named", async (t) => {
  const told: string[] = [];
  const onEvent = (event: JobEvent) => event.kind === "note" && told.push(event.message);
  await mined(...npy("float32"), { onEvent });
  t.is(told.filter((message) => /one space called "foreign"; space names it/.test(message)).length, 1);
  told.length = 0;
  await mined(...npy("float32"), { onEvent, space: "LASER2" });
  t.deepEqual(
    told.filter((message) => /space/.test(message)),
    [],
  );
});

test("both sides have the same dimensions", async (t) => {
  const half = { ...RAW, vectorType: "float32" } as const;
  await t.throwsAsync(mined(at("source.float32.raw"), npy("float32")[1], { ...half, dimensions: 8 }), {
    instanceOf: OptionError,
    message: /source's vectors have 8 dimensions, the target's 16/,
  });
});

test("a row that is not finite is told by its line, or left out", async (t) => {
  const broken = join(temporaryFolder(t), "broken.raw");
  const bytes = readFileSync(at("source.float32.raw"));
  bytes.writeFloatLE(Number.NaN, 7 * 16 * 4);
  writeFileSync(broken, bytes);
  await t.throwsAsync(mined(broken, at("target.float32.raw"), RAW), {
    instanceOf: InputError,
    message: /source\.txt, line 8: its vector, row 8 of .*broken\.raw, is not finite/,
  });
  const skipped = await mined(broken, at("target.float32.raw"), {
    ...RAW,
    retrieval: "forward",
    read: { onError: "skip" },
  });
  t.false(skipped.some(({ source }) => source.lines.includes(8)));
  t.true(skipped.length > 0);
});

test("options of foreign vectors are refused where there are none, or too few", async (t) => {
  const [source, target] = npy("float32");
  for (const [options, message] of [
    [{ vectorType: "float16" }, /vectorType is given, but there are no raw vectors/],
    [{ vectors: "raw", dimensions: 16 }, /vectors is given, but there are no raw vectors/],
    [{ dimensions: 16 }, /dimensions: both sides are files of vectors/],
  ] as const)
    await t.throwsAsync(mined(source, target, options), { instanceOf: OptionError, message });
  await t.throwsAsync(all(mine("samples/town.de", "samples/town.en", { space: "LASER" })), {
    message: /space is given, but there are no vectors of another program/,
  });
  const raw = [at("source.float32.raw"), at("target.float32.raw")] as const;
  await t.throwsAsync(mined(...raw, { vectors: "raw" }), { message: /vectors: "raw" needs dimensions/ });
  await t.throwsAsync(all(mine(...raw, RAW)), { message: /its vectors do not tell whose they are\. Give/ });
  await t.throwsAsync(all(mine(source, target)), { message: /give the text of their rows as sourceText/ });
});

test("a raw file that is read as text tells how vectors are read", async (t) => {
  const { code, stderr } = await crisscross(["mine", at("source.float32.raw"), texts.targetText]);
  t.is(code, 1);
  t.regex(stderr, /invalid UTF-8 .* mine them with --vectors raw and --dimensions/);
});

test("shards of foreign vectors are merged into what mine finds", async (t) => {
  const folder = temporaryFolder(t);
  const shards = [1, 2].map((number) => ({ number, of: 2, path: join(folder, `${number}`) }));
  for (const { path, ...shard } of shards)
    await searchTile(...npy("float32"), path, { ...texts, sourceShard: shard });
  const run = join(folder, "run");
  await mergeTiles(
    shards.map(({ path }) => path),
    run,
  );
  t.deepEqual(await all(selectRun(run)), await mined(...npy("float32")));
});

test("mine and search take LASER's files on the command line", async (t) => {
  const raw = [at("source.float16.raw"), at("target.float16.raw")];
  const flags = ["--source-text", texts.sourceText, "--target-text", texts.targetText];
  const how = ["--vectors", "raw", "--dimensions", "16", "--vector-type", "float16", "--space", "LASER"];
  const { code, stdout } = await crisscross(["mine", ...raw, ...flags, ...how]);
  t.is(code, 0);
  t.is(stdout.trim().split("\n").length, expected.float16.length);
  const shard = join(temporaryFolder(t), "shard");
  t.is((await crisscross(["search", ...raw, ...flags, ...how, "-o", shard, "--quiet"])).code, 0);
});
