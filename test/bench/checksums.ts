/**
 * What checksums cost `select`: a run folder of many candidates, chosen from with its checksums and without, in turn.
 *
 *   node dist/test/bench/checksums.js [--candidates 500000] [--runs 7]
 */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { selectRun } from "../../src/jobs/select-run.js";
import { CANDIDATES } from "../../src/steps/neighbours/search-outlines.js";
import { SideGatherer } from "../../src/steps/texts/side.js";
import { textOutline } from "../../src/steps/texts/side-outlines.js";
import { writeCandidates } from "../../src/store/corpus/candidate-files.js";
import { writeSide } from "../../src/store/corpus/side-files.js";
import { checkStage } from "../../src/store/run/check-stage.js";
import { readManifest } from "../../src/store/run/manifest.js";
import { RunFolder } from "../../src/store/run/run-folder.js";
import { dropChecksums } from "../before-checksums.js";
import { candidatesOf } from "../candidates.js";
import { randomNumbers } from "../random.js";
import { describeMachine } from "./machine.js";
import { median } from "./median.js";

const { values } = parseArgs({
  options: { candidates: { type: "string", default: "500000" }, runs: { type: "string", default: "7" } },
});
const K = 4;
const length = Number(values.candidates);
const rows = Math.ceil(length / K);
const folder = mkdtempSync(join(tmpdir(), "crisscross-bench-"));
try {
  const [summed, plain] = [join(folder, "summed"), join(folder, "plain")];
  await writeRun(summed);
  cpSync(summed, plain, { recursive: true });
  dropChecksums(plain);
  const seconds = { summed: [] as number[], plain: [] as number[], check: [] as number[] };
  for (let run = 0; run < Number(values.runs); run++) {
    seconds.summed.push(await timeOf(() => select(summed)));
    seconds.plain.push(await timeOf(() => select(plain)));
    seconds.check.push(await timeOf(() => check(summed)));
  }
  const [withSums, without, checking] = [seconds.summed, seconds.plain, seconds.check].map(median);
  console.log(`${describeMachine()} · ${length} candidates of ${2 * rows} sentences · medians`);
  console.log(`select ${withSums.toFixed(3)} s · without checksums ${without.toFixed(3)} s`);
  console.log(`the check alone ${checking.toFixed(3)} s, ${((100 * checking) / without).toFixed(1)} % of it`);
} finally {
  rmSync(folder, { recursive: true });
}

async function writeRun(path: string): Promise<void> {
  const random = randomNumbers(1);
  await using run = await RunFolder.open(path, "mine");
  for (const name of ["source", "target"]) {
    const gathered = await SideGatherer.create();
    for (let line = 1; line <= rows; line++) {
      const words = Array.from({ length: 12 }, () => Math.floor(random() * 50_000).toString(36));
      gathered.add({ text: `${line} ${words.join(" ")}`, line });
    }
    await writeSide(path, name, gathered.finish(name));
    await run.record(textOutline(name), {}, 0);
  }
  const table = Array.from({ length }, (_, i) => {
    const source = Math.floor(i / K);
    return [source, (source + (i % K)) % rows, random(), (i % K) + 1, (i % K) + 1] as const;
  });
  await writeCandidates(path, candidatesOf(table, { sources: rows, targets: rows, k: K }), {
    space: "",
    centre: false,
    copies: 0,
    zeroVectors: { source: 0, target: 0 },
  });
  await run.record(CANDIDATES, { k: K, centre: false }, 0);
}

async function select(run: string): Promise<void> {
  for await (const _ of selectRun(run, { retrieval: "max" }));
}

async function check(run: string): Promise<void> {
  for (const stage of Object.values((await readManifest(run))!.stages)) await checkStage(run, stage);
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
