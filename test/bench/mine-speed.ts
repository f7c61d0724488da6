/**
 * `crisscross mine` from the built-in encoder's vectors of lines of parallel/, beside another build, in turn: seconds and
 * processor time of the whole command, medians and their ratios, peak memory, and whether both give the same pairs.
 *
 *   node dist/test/bench/mine-speed.js --against ../other/dist [--rows 100000] [--runs 3] [--search float32,int8,ivf]
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { describeMachine } from "./machine.js";
import { median } from "./median.js";
import { writeDistinctParallel } from "./parallel.js";

const SEARCHES: Record<string, string[]> = {
  float32: ["--index", "exact", "--search-type", "float32"],
  int8: ["--index", "exact", "--search-type", "int8"],
  ivf: ["--index", "ivf"],
  auto: [],
};

/** Tells on a pipe of its own what the process has used, when it ends; threads read this, too. */
const TELL = `import { writeSync } from "node:fs"; import { isMainThread } from "node:worker_threads";
const tell = () => writeSync(3, JSON.stringify({ ...process.cpuUsage(), ...process.resourceUsage() }));
if (isMainThread) process.on("exit", tell);`;

interface Usage {
  seconds: number;
  cpu: number;
  mebibytes: number;
}

const { values } = parseArgs({
  options: {
    against: { type: "string" },
    rows: { type: "string", default: "100000" },
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
  await run("dist", ["embed", path, "-o", `${path}.npy`]);
}

console.log(`${describeMachine()} (${instructions()}) · ${values.rows} lines a side, 384 dimensions`);
for (const search of values.search.split(",")) {
  const runs = builds.map((): Usage[] => []);
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

async function run(build: string, argv: readonly string[]): Promise<Usage> {
  const program = [
    "--import",
    `data:text/javascript,${encodeURIComponent(TELL)}`,
    join(build, "cli/crisscross.js"),
  ];
  const start = performance.now();
  const child = spawn(process.execPath, [...program, ...argv, "--quiet"], {
    stdio: ["ignore", "ignore", "inherit", "pipe"],
  });
  const [told, [code]] = await Promise.all([text(child.stdio[3] as Readable), once(child, "exit")]);
  if (code !== 0) throw new Error(`${build}: ${argv.join(" ")} ended with exit code ${code}.`);
  const { user, system, maxRSS } = JSON.parse(told) as NodeJS.CpuUsage & NodeJS.ResourceUsage;
  return {
    seconds: (performance.now() - start) / 1000,
    cpu: (user + system) / 1e6,
    mebibytes: maxRSS / 1024,
  };
}

function mediansOf(usages: Usage[]): Usage {
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
