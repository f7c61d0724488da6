import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import type { EmbedFileOptions, ScoredPair } from "../../../src/index.js";
import { embedFile } from "../../../src/jobs/embed-file.js";
import { mine } from "../../../src/jobs/mine.js";
import { readNpy } from "../../../src/store/arrays/npy-file.js";
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

for (const kind of ["npy", "raw"] as const) {
  test(`embed describes ${kind} vectors of another program, which are then mined as ours`, async (t) => {
    const folder = temporaryFolder(t);
    const options: EmbedFileOptions = kind === "raw" ? { vectors: "raw", dimensions: 16 } : {};
    const made = (["source", "target"] as const).map((side) => ({ side, path: join(folder, `${side}.npy`) }));
    for (const { side, path } of made) {
      const from = at(`${side}.float32.${kind}`);
      await embedFile(at(`${side}.txt`), path, { ...options, from, space: "LASER2" });
    }
    const pairs = await all(mine(made[0].path, made[1].path));
    t.deepEqual(
      pairs.map(({ source, target }) => [source.text, target.text]),
      expected.float32.map(([, source, target]) => [source, target]),
    );
    for (const [i, { score }] of pairs.entries()) t.true(Math.abs(score - expected.float32[i][0]) < 1e-5);
  });
}

test("rows have unit length, those of blank lines are zeros, and the description tells space and text", async (t) => {
  const output = join(temporaryFolder(t), "a.npy");
  const from = at("source.float32.npy");
  const { rows, dimensions, space } = await embedFile(at("source.txt"), output, { from, space: "LASER2" });
  t.deepEqual({ rows, dimensions, space }, { rows: 45, dimensions: 16, space: "LASER2" });
  const values = readNpy(output) as Float32Array;
  const lengths = Array.from({ length: rows }, (_, row) =>
    Math.hypot(...values.subarray(row * 16, row * 16 + 16)),
  );
  // Line 6 is blank, row 13 zeros.
  for (const [row, length] of lengths.entries())
    t.true(Math.abs(length - (row === 5 || row === 12 ? 0 : 1)) < 1e-5);
  const info = JSON.parse(readFileSync(`${output}.json`, "utf8"));
  t.is(info.space, "LASER2");
  t.regex(info.text.path, /source\.txt$/);
});

test("embed counts rows against lines, and refuses a row that is not finite unless it is to be skipped", async (t) => {
  const folder = temporaryFolder(t);
  const [output, broken] = [join(folder, "a.npy"), join(folder, "broken.raw")];
  const space = "LASER2";
  await t.throwsAsync(embedFile(at("target.txt"), output, { from: at("source.float32.npy"), space }), {
    instanceOf: InputError,
    message: /source\.float32\.npy: has 45 rows, but .*target\.txt has 50 lines/,
  });
  await t.throwsAsync(embedFile(at("source.txt"), output, { from: at("target.float32.npy"), space }), {
    message: /has 50 rows, but .*source\.txt has 45 lines/,
  });
  const bytes = readFileSync(at("source.float32.raw"));
  bytes.writeFloatLE(Number.NaN, 7 * 16 * 4);
  writeFileSync(broken, bytes);
  const options: EmbedFileOptions = { from: broken, space, vectors: "raw", dimensions: 16 };
  await t.throwsAsync(embedFile(at("source.txt"), output, options), {
    message: /source\.txt, line 8: its vector, row 8 of .*broken\.raw, is not finite/,
  });
  const summary = await embedFile(at("source.txt"), output, { ...options, read: { onError: "skip" } });
  t.is(summary.skipped, 1);
});

test("embed refuses what it cannot follow beside the vectors of another program", async (t) => {
  const output = join(temporaryFolder(t), "a.npy");
  const from = at("source.float32.npy");
  const given = (options: EmbedFileOptions) => embedFile(at("source.txt"), output, options);
  for (const [options, message] of [
    [{ from }, /from needs space/],
    [{ from, space: "x", encoder: "builtin" }, /encoder: the vectors come from a file/],
    [{ from, space: "x", dimensions: 16 }, /dimensions is given, but there are no raw vectors/],
    [
      { from: at("source.float32.raw"), space: "x" },
      /is not called \.npy, \.safetensors or \.parquet\. If .* vectors: "raw"/,
    ],
    [{ vectorType: "float16" }, /vectorType is given, but there are no raw vectors/],
  ] as const)
    await t.throwsAsync(given(options), { instanceOf: OptionError, message });
  await given({ from, space: "x" });
  await t.throwsAsync(embedFile(at("source.txt"), `${output}2.npy`, { from: output, space: "x" }), {
    message: /is described already/,
  });
});

test("embed --from takes the text as its argument or as --text, but not both", async (t) => {
  const output = join(temporaryFolder(t), "a.npy");
  const text = at("source.txt");
  const how = ["--from", at("source.float16.npy"), "--space", "LASER2", "-o", output];
  const { code, stderr } = await crisscross(["embed", ...how, "--text", text]);
  t.is(code, 0, stderr);
  t.regex(stderr, /a\.npy: 45 rows × 16 of LASER2/);
  t.is((await crisscross(["embed", text, ...how, "--quiet"])).code, 0);
  t.regex((await crisscross(["embed", text, ...how, "--text", text])).stderr, /Two texts are given/);
  t.regex((await crisscross(["embed", ...how])).stderr, /The text is not given/);
});
