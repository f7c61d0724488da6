/**
 * Resident memory while a long file is embedded: the other languages' lines of parallel/, with a tiny encoder.
 *
 *   node dist/test/bench/embed-memory.js [--encoder FOLDER] [--sentences 1000000]
 */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { embedFile, type JobEvent, readSentences } from "../../src/index.js";
import { describeMachine } from "./machine.js";
import { sharedPath } from "./shared.js";

const MARKS = [0.1, 0.5, 1];
const { values } = parseArgs({
  options: { encoder: { type: "string" }, sentences: { type: "string", default: "1000000" } },
});
const encoder = values.encoder ?? sharedPath("fixtures/encoders/bert-mean");
const sentences = Number(values.sentences);
const folder = mkdtempSync(join(tmpdir(), "crisscross-bench-"));
const text = join(folder, "text.txt");
await writeFile(text, lines(sentences));
console.log(`${describeMachine()} · ${sentences} sentences, ${encoder}; before: ${residentMemory()}`);

const marks = [...MARKS];
const start = performance.now();
const onEvent = (event: JobEvent) => {
  if (event.kind !== "progress" || marks.length === 0 || event.done < marks[0] * sentences) return;
  console.log(`${100 * marks.shift()!} %: ${residentMemory()}`);
};
const { rows, dimensions } = await embedFile(text, join(folder, "vectors.npy"), { encoder, onEvent });
const seconds = (performance.now() - start) / 1000;
rmSync(folder, { recursive: true });
console.log(
  `${rows} × ${dimensions} in ${seconds.toFixed(0)} s, ${(rows / seconds).toFixed(0)} sentences/s; peak ${(process.resourceUsage().maxRSS / 2 ** 10).toFixed(0)} MiB`,
);

/** The first `count` lines of all languages together but English, from the beginning again where there are no more. */
async function* lines(count: number): AsyncGenerator<string> {
  const parallel = sharedPath("data/parallel");
  for (let left = count; ; ) {
    for (const name of readdirSync(parallel)) {
      for await (const batch of readSentences(join(parallel, name), { format: "tsv", column: 3 })) {
        const taken = batch
          .map(({ text }) => text.trim())
          .filter((text) => text !== "")
          .slice(0, left);
        yield taken.map((text) => `${text}\n`).join("");
        left -= taken.length;
        if (left === 0) return;
      }
    }
  }
}

function residentMemory(): string {
  return `${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB resident`;
}
