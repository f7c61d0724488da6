/**
 * How much memory and time `align --pages` takes at sizes a factor of four apart: pages of 24 sentences of `parallel/`, each
 * sentence with the number of its page, so that no two pages have one in common.
 *
 *   node dist/test/bench/pages-memory.js [--pages 1000,4000,16000]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { describeMachine } from "./machine.js";
import { type ParallelRow, readParallel } from "./parallel.js";
import { runMeasured } from "./run-measured.js";

const SENTENCES = 24;

const { values } = parseArgs({
  options: { pages: { type: "string", default: "1000,4000,16000" } },
});
const rows = await readParallel("de");
const folder = mkdtempSync(join(tmpdir(), "crisscross-bench-"));
console.log(describeMachine());
console.log("| pages a side | peak memory, MiB | seconds |");
console.log("| --- | --- | --- |");
try {
  for (const pages of values.pages.split(",").map(Number)) {
    const [german, english] = [join(folder, "de.jsonl"), join(folder, "en.jsonl")];
    await writePages(german, pages, ({ other }) => other);
    await writePages(english, pages, ({ english }) => english);
    const output = join(folder, "pairs.tsv");
    const { peakMib, seconds } = await runMeasured([
      "align",
      german,
      english,
      "--pages",
      "vector",
      "-o",
      output,
      "--quiet",
    ]);
    console.log(`| ${pages} | ${peakMib.toFixed(0)} | ${seconds.toFixed(0)} |`);
  }
} finally {
  rmSync(folder, { recursive: true });
}

async function writePages(path: string, pages: number, textOf: (row: ParallelRow) => string): Promise<void> {
  await using file = await open(path, "w");
  for (let page = 0; page < pages; page++) {
    const texts = Array.from(
      { length: SENTENCES },
      (_, i) => `${textOf(rows[(page * SENTENCES + i) % rows.length])} ${page}`,
    );
    const blocks = [0, 8, 16].map((first) => texts.slice(first, first + 8));
    await file.write(`${JSON.stringify({ blocks })}\n`);
  }
}
