import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { CrisscrossError } from "../../../src/errors.js";
import { crissStatus } from "../../../src/jobs/criss/status.js";
import { extract } from "../../../src/jobs/extract/extract.js";
import { mine } from "../../../src/jobs/mine.js";
import { scoreBitext } from "../../../src/jobs/score/score.js";
import { selectRun } from "../../../src/jobs/select-run.js";
import type { ScoredPair } from "../../../src/types/pairs.js";
import { dropChecksums } from "../../before-checksums.js";
import { flipAndRepeat } from "../../damage.js";
import { flipBit } from "../../flip-bit.js";
import { linesOf, loop, newRun } from "../../jobs/criss/loop.js";
import { letterEncoder } from "../../jobs/letter-encoder.js";
import { hashRunFiles } from "../../run-files.js";
import { temporaryFolder } from "../../temporary-folder.js";

/** The first lines of both samples. */
function someLines(folder: string, count = 12): { source: string; target: string } {
  const write = (language: string) => {
    const path = join(folder, `lines.${language}`);
    writeFileSync(path, `${linesOf(`samples/town.${language}`).slice(0, count).join("\n")}\n`);
    return path;
  };
  return { source: write("de"), target: write("en") };
}

async function rowsOf(pairs: AsyncIterable<ScoredPair>): Promise<string[]> {
  const rows = [];
  for await (const { score, source, target } of pairs)
    rows.push(`${score} ${source.lines} ${source.text} ${target.lines} ${target.text}`);
  return rows;
}

test("one flipped bit in any file of a mined run is mended, or refused by select", async (t) => {
  const folder = temporaryFolder(t);
  const { source, target } = someLines(folder);
  const run = join(folder, "run");
  const options = { encoder: letterEncoder(4), collapseNearDuplicates: 0.9999 };
  const again = (run: string) => rowsOf(mine(source, target, { ...options, run }));
  const select = (run: string) => rowsOf(selectRun(run));
  await again(run);
  const unread = ["source.npy", "source.npy.json", "target.npy", "target.npy.json"];
  for (const file of Object.keys(hashRunFiles(run))) {
    const consequence = await flipAndRepeat(t, { folder: run, file }, again);
    t.is(consequence, unread.includes(file) ? "unread" : "mended", file);
    t.is(
      await flipAndRepeat(t, { folder: run, file }, select),
      unread.includes(file) || file === "stats.json" ? "unread" : "refused",
      file,
    );
  }
});

test("what was damaged is told", async (t) => {
  const folder = temporaryFolder(t);
  const { source, target } = someLines(folder);
  const run = join(folder, "run");
  const changes: string[] = [];
  const again = async () => {
    await rowsOf(
      mine(source, target, {
        run,
        encoder: letterEncoder(4),
        onEvent: (event) => event.kind === "stage" && changes.push(...event.changes),
      }),
    );
  };
  await again();
  flipBit(join(run, "source.txt"), 100);
  await again();
  t.is(changes.length, 1);
  t.regex(
    changes[0],
    /source\.txt: is damaged: its checksum is [0-9a-f]{16}, but was [0-9a-f]{16} when it was written\.$/,
  );
  await again();
  t.is(changes.length, 1);
});

test("a run that keeps no checksums is used as it is", async (t) => {
  const folder = temporaryFolder(t);
  const { source, target } = someLines(folder);
  const run = join(folder, "run");
  const encoder = letterEncoder(4);
  const rows = await rowsOf(mine(source, target, { run, encoder }));
  dropChecksums(run);
  t.deepEqual(await rowsOf(selectRun(run)), rows);
  t.deepEqual(await rowsOf(mine(source, target, { run, encoder })), rows);
  t.is(encoder.encoded, 24);
});

test("no flipped bit of a manifest gives other pairs", async (t) => {
  const folder = temporaryFolder(t);
  const { source, target } = someLines(folder);
  const run = join(folder, "run");
  const rows = await rowsOf(mine(source, target, { run, encoder: letterEncoder(4) }));
  const [manifest, files] = [join(run, "manifest.json"), hashRunFiles(run)];
  const bits = 8 * statSync(manifest).size;
  for (let bit = 0; bit < bits; bit += 149) {
    flipBit(manifest, bit);
    const selected = await rowsOf(selectRun(run)).catch((error) => {
      t.true(error instanceof CrisscrossError, `bit ${bit}: ${error.stack}`);
      t.true(error.message.includes("manifest.json"), `bit ${bit}: ${error.message}`);
    });
    if (selected) t.deepEqual(selected, rows, `bit ${bit}: another result in silence`);
    flipBit(manifest, bit);
  }
  t.deepEqual(hashRunFiles(run), files);
});

test("one flipped bit in any file of a scored run is mended", async (t) => {
  const folder = temporaryFolder(t);
  const { source, target } = someLines(folder);
  const bitext = join(folder, "bitext.tsv");
  const targets = linesOf(target);
  writeFileSync(
    bitext,
    linesOf(source)
      .map((line, i) => `${line}\t${targets[i]}\n`)
      .join(""),
  );
  const output = join(folder, "scored.tsv");
  const again = async (run: string) => {
    await scoreBitext(bitext, output, { run, encoder: letterEncoder(4) });
    return readFileSync(output, "utf8");
  };
  const run = join(folder, "run");
  await again(run);
  for (const file of Object.keys(hashRunFiles(run))) {
    const consequence = await flipAndRepeat(t, { folder: run, file }, again);
    t.is(consequence, /^(source|target)\.npy/.test(file) ? "unread" : "mended", file);
  }
});

test("one flipped bit in any file of a loop is mended, or refused by its status", async (t) => {
  const run = newRun(t);
  const { source: de, target: en } = someLines(temporaryFolder(t), 60);
  const again = async (run: string) => (await loop({ run, rounds: 1 }, [{ de, en }])).rounds;
  await again(run);
  for (const file of Object.keys(hashRunFiles(run)))
    t.is(await flipAndRepeat(t, { folder: run, file }, again), "mended", file);
  const status = async (run: string) => ({ ...(await crissStatus(run)) });
  for (const file of ["rounds/0/stats.json", "rounds/1/stats.json"])
    t.is(await flipAndRepeat(t, { folder: run, file }, status), "refused", file);
});

test("what a trainer left beside its encoder may be removed", async (t) => {
  const run = newRun(t);
  await loop({ run, rounds: 1 });
  rmSync(join(run, "rounds/0/training"), { recursive: true, force: true });
  const { stages } = await loop({ run, rounds: 1 });
  t.true(stages.includes("kept round 0 encoder"));
});

test("one flipped bit in any file that extract wrote is mended", async (t) => {
  const folder = temporaryFolder(t);
  const dump = join(folder, "dump.jsonl");
  const documents = ["de", "en"].flatMap((language) => linesOf(`samples/town.${language}`).slice(0, 8));
  writeFileSync(dump, documents.map((text) => `${JSON.stringify({ text })}\n`).join(""));
  const again = async (output: string) =>
    extract([dump], output, { languages: ["de", "en"], compression: "gz", threads: 1 });
  const run = join(folder, "out");
  await again(run);
  for (const file of Object.keys(hashRunFiles(run)).filter((name) => !name.startsWith("files/")))
    t.is(await flipAndRepeat(t, { folder: run, file }, again), "mended", file);
});

test("one flipped bit in any draft that extract goes on with is mended", async (t) => {
  const folder = temporaryFolder(t);
  const dumps = ["de", "en"].map((language) => {
    const path = join(folder, `${language}.jsonl`);
    const texts = linesOf(`samples/town.${language}`).slice(0, 8);
    writeFileSync(path, texts.map((text) => `${JSON.stringify({ text })}\n`).join(""));
    return path;
  });
  const extractInto = (output: string, inputs: string[]) =>
    extract(inputs, output, { languages: ["de", "en"], nearDuplicates: 0.8, compression: "gz", threads: 1 });
  // Of the first file the draft is there already.
  const run = join(folder, "out");
  await extractInto(run, dumps.slice(0, 1));
  const sound = join(folder, "sound");
  await extractInto(sound, dumps);
  for (const file of readdirSync(join(run, "files"))) {
    const copy = join(folder, "copy");
    cpSync(run, copy, { recursive: true });
    const path = join(copy, "files", file);
    flipBit(path, Math.floor(statSync(path).size / 2) * 8 + 1);
    await extractInto(copy, dumps);
    t.deepEqual(hashRunFiles(copy), hashRunFiles(sound), file);
    rmSync(copy, { recursive: true });
  }
});
