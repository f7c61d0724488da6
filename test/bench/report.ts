/**
 * How long `crisscross report` takes, how much memory, and how large its page is: of a run of so many pairs, whose texts
 * have addresses, and of a bitext of as many. Texts are those of parallel/ with a number each; neighbours are made up, seven
 * or so a sentence.
 *
 *   node dist/test/bench/report.js [--pairs 500000]
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { SearchFacts } from "../../src/steps/neighbours/found.js";
import { CANDIDATES } from "../../src/steps/neighbours/search-outlines.js";
import { SideGatherer } from "../../src/steps/texts/side.js";
import { textOutline } from "../../src/steps/texts/side-outlines.js";
import { CANDIDATE_FILES, writeCandidates } from "../../src/store/corpus/candidate-files.js";
import { writeSide } from "../../src/store/corpus/side-files.js";
import { RunFolder } from "../../src/store/run/run-folder.js";
import { randomNumbers } from "../../src/train/random.js";
import { candidatesOf } from "../candidates.js";
import { describeMachine } from "./machine.js";
import { readParallel } from "./parallel.js";
import { runMeasured } from "./run-measured.js";

const { values } = parseArgs({ options: { pairs: { type: "string", default: "500000" } } });
const pairs = Number(values.pairs);
const NEIGHBOURS = 3;

const rows = await readParallel("de");
const folder = mkdtempSync(join(tmpdir(), "crisscross-bench-"));
console.log(`${describeMachine()} · ${pairs} pairs`);
try {
  const run = join(folder, "run");
  await makeRun(run);
  const bitext = join(folder, "scored.tsv");
  await makeBitext(bitext);
  for (const [name, input] of [
    ["run", run],
    ["bitext", bitext],
  ]) {
    const page = join(folder, `${name}.html`);
    const { code, seconds, peakMib } = await runMeasured(["report", input, "-o", page, "--quiet"]);
    const size = (statSync(page).size / 1000).toFixed(0);
    console.log(
      `${name}: ${seconds.toFixed(1)} s, ${peakMib.toFixed(0)} MiB, page of ${size} kB, exit code ${code}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}

function textOf(side: "source" | "target", pair: number): string {
  const row = rows[pair % rows.length];
  return `${side === "source" ? row.other : row.english} ${pair}`;
}

async function makeRun(path: string): Promise<void> {
  const run = await RunFolder.open(path, "mine");
  for (const side of ["source", "target"] as const) {
    const gathered = await SideGatherer.create(["url"]);
    for (let pair = 0; pair < pairs; pair++) {
      const fields = [`https://www.host${pair % 997}.example/${side}/${pair}`];
      gathered.add({ text: textOf(side, pair), line: pair + 1, fields });
    }
    gathered.counts.lines = pairs;
    await writeSide(path, side, gathered.finish(side));
    const { name, files } = textOutline(side);
    await run.record({ name, files: files.filter((file) => !file.includes(".ids")) }, {}, 1);
  }
  const facts: SearchFacts = {
    space: "made up",
    centre: false,
    copies: 0,
    zeroVectors: { source: 0, target: 0 },
  };
  await writeCandidates(path, makeCandidates(), facts);
  await run.record({ name: CANDIDATES.name, files: CANDIDATE_FILES }, { k: NEIGHBOURS + 1 }, 1);
  await run.close();
}

/** Each sentence's partner and three more of each direction, by source, then target. */
function makeCandidates() {
  const next = randomNumbers(0, 0, 0);
  const others = (): [number, number] => [Math.floor(next() * pairs), 0.2 + 0.3 * next()];
  const ofTarget = Array.from({ length: pairs }, () => [] as [number, number][]);
  for (let target = 0; target < pairs; target++)
    for (let i = 0; i < NEIGHBOURS; i++) {
      const [source, cosine] = others();
      ofTarget[source].push([target, cosine]);
    }
  const found: [number, number, number, number, number][] = [];
  for (let source = 0; source < pairs; source++) {
    const own = new Map<number, [number, number, number, number, number]>();
    own.set(source, [source, source, 0.5 + 0.5 * next(), 1, 1]);
    for (let i = 0; i < NEIGHBOURS; i++) {
      const [target, cosine] = others();
      if (!own.has(target)) own.set(target, [source, target, cosine, i + 2, 0]);
    }
    for (const [target, cosine] of ofTarget[source])
      if (!own.has(target)) own.set(target, [source, target, cosine, 0, 2]);
    found.push(...[...own.values()].sort((a, b) => a[1] - b[1]));
  }
  return candidatesOf(found, { sources: pairs, targets: pairs, k: NEIGHBOURS + 1 });
}

async function makeBitext(path: string): Promise<void> {
  const next = randomNumbers(0, 1, 0);
  const file = await open(path, "w");
  for (let start = 0; start < pairs; start += 10_000) {
    const some = Array.from({ length: Math.min(10_000, pairs - start) }, (_, i) => {
      const score = (1 + next()).toFixed(6);
      return `${score}\t${textOf("source", start + i)}\t${textOf("target", start + i)}\thttps://a.example/${start + i}\thttps://b.example/${start + i}\n`;
    });
    await file.write(some.join(""));
  }
  await file.close();
}
