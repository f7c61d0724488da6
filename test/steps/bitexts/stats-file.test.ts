import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { OptionError, OutputError } from "../../../src/errors.js";
import { convert } from "../../../src/jobs/convert.js";
import { dedupBitext } from "../../../src/jobs/dedup/dedup.js";
import { filterBitext } from "../../../src/jobs/filter/filter.js";
import { scoreBitext } from "../../../src/jobs/score/score.js";
import { splitBitext } from "../../../src/jobs/split/split.js";
import { fillDiskAt } from "../../full-disk.js";
import { temporaryFolder } from "../../temporary-folder.js";

const ROWS = "eins\tone\nzwei\ttwo\n";

/** Every job that leaves its counts beside its output, and where. */
const JOBS: Record<string, [run: (input: string, output: string) => Promise<unknown>, stats: string]> = {
  convert: [convert, "out.tsv.stats.json"],
  dedup: [dedupBitext, "out.tsv.stats.json"],
  filter: [(input, output) => filterBitext(input, output), "out.tsv.stats.json"],
  score: [
    (input, output) => scoreBitext(input, output, { encoder: "ngram", dimensions: 8, threads: 1 }),
    "out.tsv.stats.json",
  ],
  split: [(input, output) => splitBitext(input, join(output, ".."), { test: 1, dev: 0 }), "split.stats.json"],
};

for (const [job, [run, stats]] of Object.entries(JOBS)) {
  test(`${job} replaces no file that nobody named but its own counts, and looks before it works`, async (t) => {
    const folder = temporaryFolder(t);
    const [input, output, path] = ["in.tsv", "out.tsv", stats].map((name) => join(folder, name));
    writeFileSync(input, ROWS);
    for (const content of ["my notes\n", '{"pairs":"many"}', '[{"pairs":1,"skipped":0}]', "null"]) {
      writeFileSync(path, content);
      await t.throwsAsync(run(input, output), {
        instanceOf: OptionError,
        message: `${path}: is no file that crisscross left there, and what it tells of its output would replace it. Move it away, or name another output.`,
      });
      t.is(readFileSync(path, "utf8"), content);
    }
    writeFileSync(path, '{"pairs":7,"skipped":0,"of":"an earlier run"}');
    await run(input, output);
    t.is(JSON.parse(readFileSync(path, "utf8")).pairs, 2);
  });

  test(`${job} says that the disk is full where its counts have no room`, async (t) => {
    const folder = temporaryFolder(t);
    const [input, output, path] = ["in.tsv", "out.tsv", stats].map((name) => join(folder, name));
    writeFileSync(input, ROWS);
    fillDiskAt(path);
    await t.throwsAsync(run(input, output), {
      instanceOf: OutputError,
      message: `${path}: the disk is full. No half-written file was left under a final name. Make room and run again.`,
    });
  });

  if (job !== "split")
    test(`${job} refuses an output whose name has no place for that of its counts, before there is any`, async (t) => {
      const folder = temporaryFolder(t);
      const [input, output] = [join(folder, "in.tsv"), join(folder, `${"x".repeat(244)}.tsv`)];
      writeFileSync(input, ROWS);
      await t.throwsAsync(run(input, output), {
        instanceOf: OutputError,
        message: `${output}.stats.json: a name that long cannot be written here. Choose a shorter one.`,
      });
      t.deepEqual(readdirSync(folder), ["in.tsv"]);
    });

  test(`${job} does not write its counts over its input, nor into a folder`, async (t) => {
    const folder = temporaryFolder(t);
    const [input, output, path] = ["in.tsv", "out.tsv", stats].map((name) => join(folder, name));
    writeFileSync(path, ROWS);
    symlinkSync(path, input);
    await t.throwsAsync(run(input, output), { instanceOf: OptionError, message: /is also an input/ });
    t.is(readFileSync(path, "utf8"), ROWS);
    const other = join(folder, "other");
    mkdirSync(join(other, stats), { recursive: true });
    await t.throwsAsync(run(input, join(other, "out.tsv")), { message: /is a folder; expected the name/ });
  });
}

test("what is rejected, or the other side, cannot go where the counts go", async (t) => {
  const folder = temporaryFolder(t);
  const [input, output] = [join(folder, "in.tsv"), join(folder, "out")];
  writeFileSync(input, ROWS);
  const rejected = `${output}.stats.json`;
  await t.throwsAsync(filterBitext(input, output, { rejected }), {
    instanceOf: OptionError,
    message: /out\.stats\.json: its name says \.json, in which no pairs are written/,
  });
  await t.throwsAsync(convert(input, [output, rejected], { write: { format: "moses" } }), {
    instanceOf: OptionError,
    message: /out\.stats\.json: (is named, but what is counted goes there|its name says \.json)/,
  });
});
