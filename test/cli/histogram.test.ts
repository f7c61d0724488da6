import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import test from "ava";
import { drawHistogram } from "../../cli/histogram.js";
import { run } from "../../cli/run.js";
import { distributionOf } from "../../src/steps/pairs/distribution.js";
import { temporaryFolder } from "../temporary-folder.js";
import { crisscross } from "./terminal.js";

const TOWN = ["mine", "samples/town.de", "samples/town.en", "--encoder", "ngram"];

test("a distribution counts scores in ten bins of one width, the highest score in the last", (t) => {
  const scores = Float64Array.of(2, 1.95, 1.9, 1.05, 1, 1);
  t.deepEqual(distributionOf(scores), { lowest: 1, highest: 2, counts: [3, 0, 0, 0, 0, 0, 0, 0, 0, 3] });
  t.deepEqual(distributionOf(Float64Array.of(1, 1)), { lowest: 1, highest: 1, counts: [2] });
  t.is(distributionOf(new Float64Array()), undefined);
});

test("a bar is as long as its share of the most, in the columns that there are; below the threshold it is light", (t) => {
  const distribution = { lowest: 1, highest: 1.3, counts: [4, 8, 1] };
  // 21 columns: 5 of the score, 1 of the count, 2 spaces, and one that stays free.
  t.is(
    drawHistogram(distribution, { columns: 21, threshold: 1.1 }),
    ["1.000 ░░░░░░ 4", "1.100 ████████████ 8", "1.200 █▌ 1"].join("\n"),
  );
  for (const columns of [40, 500])
    for (const line of drawHistogram(distribution, { columns }).split("\n"))
      t.true(line.length < Math.min(columns, 80), line);
});

test("a terminal shows the distribution of the scores, and what is no terminal only with --verbose", async (t) => {
  const printed = async (argv: string[], terminal: object) => {
    const stderr = Object.assign(new PassThrough(), terminal);
    const told = text(stderr);
    const stdin = new PassThrough();
    const { signal } = new AbortController();
    await run(argv, { stdin, stdout: new PassThrough().resume(), stderr, signal });
    stderr.end();
    return told;
  };
  const narrow = await printed([...TOWN, "--threshold", "1.2"], { isTTY: true, columns: 40 });
  t.regex(narrow, /\n\d\.\d{3} ░+ \d+\n/);
  t.regex(narrow, /\n\d\.\d{3} [█▏▎▍▌▋▊▉]+ \d+\n/);
  for (const line of narrow.split("\n").filter((one) => /[█░]/.test(one))) t.true(line.length < 40, line);
  const counts = [...narrow.matchAll(/[█▏▎▍▌▋▊▉░] (\d+)$/gm)].map(([, n]) => Number(n));
  const [, below, pairs] = /(\d+) pairs below the threshold · (\d+) pairs written/.exec(narrow)!;
  t.is(
    counts.reduce((sum, n) => sum + n, 0),
    Number(below) + Number(pairs),
  );
  t.notRegex(await printed(TOWN, {}), /[█░]/);
  t.regex(await printed([...TOWN, "--verbose"], {}), /█/);
});

test("a run's stats.json stays without it, and select --around shows the pairs on both sides of a threshold", async (t) => {
  const folder = join(temporaryFolder(t), "run");
  await crisscross([...TOWN, "--run", folder, "--quiet"]);
  t.notRegex(readFileSync(join(folder, "stats.json"), "utf8"), /distribution/);
  const pairs = readFileSync(join(folder, "pairs.tsv"), "utf8").trimEnd().split("\n");
  const kept = pairs.filter((line) => Number(line.split("\t")[0]) >= 1.2);
  const { code, stdout, stderr } = await crisscross(["select", folder, "--around", "1.2", "--show", "4"]);
  t.is(code, 0, stderr);
  const shown = (line: string) => {
    const [score, source, target] = line.split("\t");
    return `${score}  ${source}\n${" ".repeat(score.length)}  ${target}`;
  };
  const around = pairs.slice(kept.length - 2, kept.length + 2).map(shown);
  const threshold = `1.200000  ──── ${kept.length} pairs kept, ${pairs.length - kept.length} left out ────`;
  t.is(stdout, `${[...around.slice(0, 2), threshold, ...around.slice(2)].join("\n\n")}\n`);
  const none = await crisscross(["select", folder, "--around", "99", "--show", "3"]);
  t.is(none.stdout.match(/^\d/gm)?.length, 1 + 3);
});

test("what --around cannot follow is refused", async (t) => {
  for (const argv of [
    ["--around", "1", "--threshold", "1"],
    ["--around", "1", "-o", "pairs.tsv"],
    ["--around", "x"],
    ["--show", "5"],
    ["--around", "1", "--show", "0"],
  ])
    t.is((await crisscross(["select", "run", ...argv])).code, 2, argv.join(" "));
});
