/**
 * `crisscross mine` from the built-in encoder's vectors of lines of parallel/, beside another build, in turn: seconds and
 * processor time of the whole command, medians and their ratios, peak memory, and whether both give the same pairs.
 *
 *   node dist/test/bench/mine-speed.js --against ../other/dist [--rows 100000] [--dimensions 384] [--runs 3]
 *     [--search float32,int8,ivf]
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { describeMachine } from "./machine.js";
import { median } from "./median.js";
import { writeDistinctParallel } from "./parallel.js";
import { type BuildRun, runBuild } from "./run-build.js";

const SEARCHES: Record<string, string[]> = {
  float32: ["--index", "exact", "--search-type", "float32"],
  int8: ["--index", "exact", "--search-type", "int8"],
  ivf: ["--index", "ivf"],
  auto: [],
};

type Usage = Omit<BuildRun, "told">;

const { values } = parseArgs({
  options: {
    against: { type: "string" },
    rows: { type: "string", default: "100000" },
    dimensions: { type: "string", default: "384" },
    runs: { type: "string", default: "3" },
    search: { type: "string", default: "float32,int8,ivf" },
  },
});
if (values.against === undefined) throw new Error("Give another build: --against ../other/dist");
const builds = ["dist", values.against];
const folder = mkdtempSync(join(tmpdir(), "crisscross-bench-"));
const texts = await writeDistinctParallel(Number(values.rows), folder);
const vectors: string[] = [];
for (const path of [texts.source, texts.target]) {
  vectors.push(`${path}.npy`);
  await run("dist", ["embed", path, "--dimensions", values.dimensions, "-o", `${path}.npy`]);
}

console.log(
  `${describeMachine()} (${instructions()}) · ${values.rows} lines a side, ${values.dimensions} dimensions`,
);
for (const search of values.search.split(",")) {
  const runs = builds.map((): BuildRun[] => []);
  const output = builds.map((_, index) => join(folder, `pairs-${index}.tsv`));
  for (let i = 0; i < Number(values.runs); i++)
    for (const [index, build] of builds.entries())
      runs[index].push(await run(build, ["mine", ...vectors, ...SEARCHES[search], "-o", output[index]]));
  const [ours, theirs] = runs.map(mediansOf);
  const [mine, others] = output.map((path) => new Set(readFileSync(path, "utf8").trimEnd().split("\n")));
  const same = [...mine].filter((pair) => others.has(pair)).length;
  console.log(`${search}: ${tell(ours)}; ${values.against}: ${tell(theirs)}`);
  console.log(
    `  ${(theirs.seconds / ours.seconds).toFixed(2)} × as fast, ${(theirs.cpu / ours.cpu).toFixed(2)} × by processor time; ` +
      `${same} pairs are the same of ${mine.size} and ${others.size}`,
  );
}
rmSync(folder, { recursive: true });

async function run(build: string, argv: readonly string[]): Promise<BuildRun> {
  return (await runBuild(build, [...argv, "--quiet"]))!;
}

function mediansOf(usages: BuildRun[]): Usage {
  const of = (name: keyof Usage) => median(usages.map((usage) => usage[name]));
  return { seconds: of("seconds"), cpu: of("cpu"), mebibytes: of("mebibytes") };
}

function tell({ seconds, cpu, mebibytes }: Usage): string {
  return `${seconds.toFixed(1)} s, processor time ${cpu.toFixed(1)} s, peak ${mebibytes.toFixed(0)} MiB`;
}

/** Which instructions for 8-bit products the processor has; Linux alone tells. */
function instructions(): string {
  const flags =
    readFileSync("/proc/cpuinfo", "utf8")
      .match(/^flags.*$/m)?.[0]
      .split(" ") ?? [];
  return ["avx2", "avx512f", "avx512_vnni", "avx_vnni"].filter((flag) => flags.includes(flag)).join(" ");
}
