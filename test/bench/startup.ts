/**
 * Processor time (user and system) and seconds of short commands, beside those of another build, in turn: what a command
 * loads before it does something, and the built-in encoder with it; and of opening that encoder in a program that has
 * loaded the library. Medians, and the ratios to the other build.
 *
 *   node dist/test/bench/startup.js [--against ../other/dist] [--runs 10]
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { describeMachine } from "./machine.js";
import { median } from "./median.js";
import { type BuildRun, runBuild } from "./run-build.js";

const COMMANDS = [
  ["--version"],
  ["--help"],
  ["mine", "--help"],
  ["mine", "--encoder", "ngram", "samples/town.de", "samples/town.en"],
  ["mine", "samples/town.de", "samples/town.en"],
];

/** Tells what opening the built-in encoder uses. */
const OPEN = `import { writeSync } from "node:fs";
const { openEncoder } = await import(process.argv[1]);
const before = process.cpuUsage();
await openEncoder();
writeSync(3, JSON.stringify(process.cpuUsage(before)));`;

const { values } = parseArgs({
  options: { against: { type: "string" }, runs: { type: "string", default: "10" } },
});
const builds = values.against === undefined ? ["dist"] : ["dist", values.against];

type Usage = Pick<BuildRun, "cpu" | "seconds">;

console.log(`${describeMachine()} · node without flags · median of ${values.runs}, builds in turn`);
for (const argv of COMMANDS) await compare(argv.join(" "), async (build) => (await runBuild(build, argv))!);
await compare("openEncoder()", openEncoderOf);

async function compare(name: string, measure: (build: string) => Promise<Usage>): Promise<void> {
  const runs = builds.map((): Usage[] => []);
  for (let run = 0; run < Number(values.runs); run++)
    for (const [index, build] of builds.entries()) runs[index].push(await measure(build));
  const [ours, theirs] = runs.map((usages) => ({
    cpu: median(usages.map(({ cpu }) => cpu)),
    seconds: median(usages.map(({ seconds }) => seconds)),
  }));
  console.log(`${name}: ${ours.cpu.toFixed(3)} s of processor time in ${ours.seconds.toFixed(3)} s`);
  if (theirs)
    console.log(
      `  ${values.against}: ${theirs.cpu.toFixed(3)} s in ${theirs.seconds.toFixed(3)} s; ours are ${(ours.cpu / theirs.cpu).toFixed(2)} × and ${(ours.seconds / theirs.seconds).toFixed(2)} × of these`,
    );
}

async function openEncoderOf(build: string): Promise<Usage> {
  const library = pathToFileURL(resolve(build, "src/index.js")).href;
  const start = performance.now();
  const child = spawn(process.execPath, ["--input-type=module", "--eval", OPEN, library], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const [told, [code]] = await Promise.all([text(child.stdio[3] as Readable), once(child, "exit")]);
  if (code !== 0) throw new Error(`${library}: opening its encoder ended with exit code ${code}.`);
  const { user, system } = JSON.parse(told) as NodeJS.CpuUsage;
  return { cpu: (user + system) / 1e6, seconds: (performance.now() - start) / 1000 };
}
