/**
 * `crisscross mine` from two texts to pairs with the built-in encoder and `--index auto`, at growing sizes: seconds of each
 * stage, and how the whole grows; and, if another build is given, the same of it, in turn. The texts are lines of parallel/,
 * English and all others. Where English has no more of them, two stand on a line.
 *
 *   node dist/test/bench/mine-sizes.js [--rows 10000,30000,100000,300000,1000000] [--runs 1]
 *     [--against ../other/dist] [--patience 2.5]
 *
 * The other build is ended once it has taken --patience times as long.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { describeMachine } from "./machine.js";
import { median } from "./median.js";
import { distinctParallel } from "./parallel.js";
import { type BuildRun, runBuild } from "./run-build.js";

const STAGES = ["read", "open", "embed", "search", "select", "write"];

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "10000,30000,100000,300000,1000000" },
    runs: { type: "string", default: "1" },
    against: { type: "string" },
    patience: { type: "string", default: "2.5" },
  },
});
const sizes = values.rows.split(",").map(Number);
const folder = mkdtempSync(join(tmpdir(), "crisscross-bench-"));
const { other, english } = await distinctParallel(Math.max(...sizes));

console.log(`${describeMachine()} · seconds, median of ${values.runs}`);
console.log(`| lines a side | ${STAGES.join(" | ")} | whole | growth | peak MiB | pairs |`);
console.log(`| ---: |${" ---: |".repeat(STAGES.length + 4)}`);
let before: { rows: number; seconds: number } | undefined;
for (const rows of sizes) before = await measure(rows, before);
rmSync(folder, { recursive: true });

/** The exponent of growth is that of the seconds for each line. */
async function measure(rows: number, before?: { rows: number; seconds: number }) {
  const texts = [write("other", other, rows), write("english", english, rows)];
  const runs: BuildRun[] = [];
  const others: (BuildRun | undefined)[] = [];
  for (let run = 0; run < Number(values.runs); run++) {
    runs.push((await mine("dist", texts))!);
    if (values.against !== undefined)
      others.push(await mine(values.against, texts, Number(values.patience) * runs[run].seconds));
  }
  const seconds = median(runs.map((run) => run.seconds));
  const growth = before && Math.log(seconds / before.seconds) / Math.log(rows / before.rows);
  console.log(tell(rows, runs, growth?.toFixed(2) ?? ""));
  const ended = others.filter((run) => run !== undefined);
  if (ended.length === others.length && ended.length > 0) {
    console.log(tell(rows, ended, values.against!));
    console.log(`${(median(ended.map((run) => run.seconds)) / seconds).toFixed(2)} × as fast`);
  } else if (others.length > 0)
    console.log(`${values.against} was ended, since it took more than ${values.patience} × as long`);
  return { rows, seconds };
}

/** The first so many lines; where there are not so many, lines of two that stand beside each other. */
function write(name: string, lines: readonly string[], rows: number): string {
  const path = join(folder, `${name}-${rows}.txt`);
  const doubled = lines
    .slice(0, Math.max(0, rows - lines.length))
    .map((line, i) => `${line} ${lines[(i + 1) % lines.length]}`);
  writeFileSync(path, `${[...lines.slice(0, rows), ...doubled].join("\n")}\n`);
  return path;
}

function mine(build: string, texts: readonly string[], limit?: number): Promise<BuildRun | undefined> {
  return runBuild(build, ["mine", ...texts, "-o", join(folder, "pairs.tsv")], { limit });
}

function tell(rows: number, runs: readonly BuildRun[], growth: string): string {
  const of = (name: string) =>
    median(
      runs.map(({ told }) => Number(new RegExp(`^seconds:.*\\b${name} ([0-9.]+)`, "m").exec(told)?.[1])),
    );
  const stages = STAGES.map((stage) => of(stage).toFixed(1));
  const pairs = /([0-9]+) pairs written/.exec(runs[0].told)?.[1];
  const seconds = median(runs.map((run) => run.seconds)).toFixed(1);
  const peak = median(runs.map((run) => run.mebibytes)).toFixed(0);
  return `| ${[rows, ...stages, seconds, growth, peak, pairs].join(" | ")} |`;
}
