import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import type { MineOptions, ScoredPair } from "../../../src/index.js";
import { embedFile } from "../../../src/jobs/embed-file.js";
import { mine } from "../../../src/jobs/mine.js";
import { encodeNpyHeader } from "../../../src/store/arrays/npy.js";
import { readNpy } from "../../../src/store/arrays/npy-file.js";
import { crisscross } from "../../cli/terminal.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { letterEncoder } from "../letter-encoder.js";

const at = (name: string) => join("test/jobs/foreign", name);
const texts = { sourceText: at("source.txt"), targetText: at("target.txt") };
const target = at("target.float32.npy");
const ROW_BYTES = 16 * 4;

async function all(pairs: AsyncIterable<ScoredPair>): Promise<ScoredPair[]> {
  const list: ScoredPair[] = [];
  for await (const pair of pairs) list.push(pair);
  return list;
}

const mined = (source: string, options: MineOptions = {}) =>
  all(mine(source, target, { ...texts, ...options }));

/** The source's vectors in parts of twenty, twenty and five rows; the second and the third are numbered 9 and 10. */
function cut(t: ExecutionContext): { folder: string; raw: Buffer } {
  const folder = temporaryFolder(t);
  const raw = readFileSync(at("source.float32.raw"));
  for (const [number, [start, end]] of [
    [8, [0, 20]],
    [9, [20, 40]],
    [10, [40, 45]],
  ] as const) {
    const rows = raw.subarray(start * ROW_BYTES, end * ROW_BYTES);
    writeFileSync(join(folder, `part.${number}.raw`), rows);
    writeFileSync(
      join(folder, `part.${number}.npy`),
      Buffer.concat([encodeNpyHeader("<f4", [end - start, 16]), rows]),
    );
  }
  return { folder, raw };
}

test("parts that a star stands for are one after the other by their numbers, as are those that commas join", async (t) => {
  const { folder } = cut(t);
  const whole = await mined(at("source.float32.npy"));
  t.deepEqual(await mined(join(folder, "part.*.npy")), whole);
  t.deepEqual(await mined([8, 9, 10].map((number) => join(folder, `part.${number}.npy`)).join(",")), whole);
  t.deepEqual(await mined(join(folder, "part.*.raw"), { vectors: "raw", dimensions: 16 }), whole);
});

test("rows against lines are counted over all parts, and a part of other dimensions is named", async (t) => {
  const { folder, raw } = cut(t);
  const pattern = join(folder, "part.*.npy");
  await t.throwsAsync(mined(pattern, { sourceText: at("target.txt") }), {
    instanceOf: InputError,
    message: /part\.\*\.npy: has 45 rows in 3 parts, but .*target\.txt has 50 lines/,
  });
  writeFileSync(
    join(folder, "part.9.npy"),
    Buffer.concat([encodeNpyHeader("<f4", [40, 8]), raw.subarray(0, 40 * 8 * 4)]),
  );
  await t.throwsAsync(mined(pattern), {
    instanceOf: InputError,
    message: /part\.9\.npy: has 8 dimensions, but .*part\.8\.npy, another part of the same vectors, has 16/,
  });
  writeFileSync(join(folder, "part.9.raw"), raw.subarray(0, 100));
  await t.throwsAsync(mined(join(folder, "part.*.raw"), { vectors: "raw", dimensions: 16 }), {
    message: /part\.9\.raw: has 100 bytes, which is 1\.56 rows/,
  });
});

test("a row that is not finite is told by its part", async (t) => {
  const { folder } = cut(t);
  const path = join(folder, "part.9.npy");
  const bytes = readFileSync(path);
  bytes.writeFloatLE(Number.NaN, bytes.length - 18 * ROW_BYTES);
  writeFileSync(path, bytes);
  await t.throwsAsync(mined(join(folder, "part.*.npy")), {
    instanceOf: InputError,
    message: /source\.txt, line 23: its vector, row 3 of .*part\.9\.npy, is not finite/,
  });
});

test("parts that are not there, that tell nothing of their text, or that are described are refused", async (t) => {
  const { folder } = cut(t);
  await t.throwsAsync(mined(join(folder, "piece.*.npy")), {
    instanceOf: InputError,
    message: /piece\.\*\.npy: stands for no file/,
  });
  await t.throwsAsync(mined(join(folder, "missing", "part.*.npy")), { message: /its folder: no such file/ });
  await t.throwsAsync(mined(`${join(folder, "part.8.npy")},${join(folder, "part.7.npy")}`), {
    message: /part\.7\.npy: no such file/,
  });
  await t.throwsAsync(all(mine(join(folder, "part.*.npy"), target)), {
    message: /its vectors do not tell whose they are/,
  });
  await embedFile(at("source.txt"), join(folder, "part.9.npy"), { encoder: letterEncoder() });
  await t.throwsAsync(mined(join(folder, "part.*.npy")), {
    instanceOf: OptionError,
    message: /part\.9\.npy: is described by .*part\.9\.npy\.json, and so is no part of other vectors/,
  });
});

test("a file whose name has a comma or a star is itself", async (t) => {
  const { folder } = cut(t);
  for (const name of ["a,b.npy", "part.*.npy"]) {
    copyFileSync(at("source.float32.npy"), join(folder, name));
    t.deepEqual(await mined(join(folder, name)), await mined(at("source.float32.npy")));
  }
});

test("embed --from makes one described file of all parts, and writes over none of them", async (t) => {
  const { folder } = cut(t);
  const output = join(folder, "whole.npy");
  const from = ["--from", join(folder, "part.*.npy"), "--space", "LASER2", "--quiet"];
  const { code, stderr } = await crisscross(["embed", at("source.txt"), ...from, "-o", output]);
  t.is(code, 0, stderr);
  t.is(readNpy(output).length, 45 * 16);
  const part = join(folder, "part.9.npy");
  t.is((await crisscross(["embed", at("source.txt"), ...from, "-o", part])).code, 2);
});
