import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { temporaryFolder } from "../temporary-folder.js";
import { crisscross } from "./terminal.js";

/** The samples as a mining set in BUCC's format. */
function sampleSet(folder: string): string {
  const stem = join(folder, "de-en.samples");
  for (const side of ["de", "en"]) {
    const lines = readFileSync(`samples/town.${side}`, "utf8").trimEnd().split("\n");
    writeFileSync(`${stem}.${side}`, lines.map((line, i) => `${i + 1}\t${line}\n`).join(""));
  }
  writeFileSync(`${stem}.gold`, readFileSync("samples/town.de-en.gold"));
  return folder;
}

test("evaluate bucc prints a table, the conditions below", async (t) => {
  const { code, stdout } = await crisscross([
    "evaluate",
    "bucc",
    sampleSet(temporaryFolder(t)),
    "--encoder",
    "ngram",
    "--margin",
    "ratio,distance",
  ]);
  t.is(code, 0);
  const [header, ratio, distance, conditions] = stdout.trimEnd().split("\n");
  t.regex(header, /^\s+best F1\s+precision\s+recall\s+threshold$/);
  t.regex(ratio, /^de ratio max\s+0\.8\d\d/);
  t.regex(distance, /^de distance max\s+0\.8\d\d/);
  t.regex(
    conditions,
    /metric bucc-f1 · encoder ngram-256-seed0-\w+ · .* · k 4 · centre false · sentences 520 · gold 175/,
  );
});

test("the threshold in the table gives the best F1 when it is typed", async (t) => {
  const folder = sampleSet(temporaryFolder(t));
  for (const margin of ["ratio", "distance", "absolute"]) {
    const evaluate = ["evaluate", "bucc", folder, "--encoder", "ngram", "--margin", margin];
    const { stdout } = await crisscross(evaluate);
    const told = /^de .* ([\d.]+)$/m.exec(stdout)![1];
    const { figures } = JSON.parse((await crisscross([...evaluate, "--threshold", told, "--json"])).stdout)
      .rows[0];
    t.is(figures["F1 at given"].value, figures["best F1"].value, told);
  }
});

test("--json gives the report, --markdown a table for papers, --confidence an interval around the figure", async (t) => {
  const evaluate = ["evaluate", "bucc", sampleSet(temporaryFolder(t)), "--encoder", "ngram"];
  const { stdout } = await crisscross([...evaluate, "--json", "--confidence"]);
  const { value, interval } = JSON.parse(stdout).rows[0].figures["best F1"];
  t.true(interval.low < value && value < interval.high);
  const { stdout: markdown } = await crisscross([...evaluate, "--markdown"]);
  t.regex(
    markdown,
    /^\| {2}\| best F1 \| precision \| recall \| threshold \|\n\| --- \| ---: \| ---: \| ---: \| ---: \|\n\| de \| 0\.8/,
  );
});

test("--latex gives a table that needs no package, with what LaTeX would take for its own escaped", async (t) => {
  const folder = temporaryFolder(t);
  for (const side of ["a_1%", "b&#"]) writeFileSync(join(folder, side), "eins\nzwei\n");
  const [source, target] = [join(folder, "a_1%"), join(folder, "b&#")];
  const { stdout } = await crisscross([
    ...["evaluate", "xsim", source, target, "--encoder", "ngram", "--latex", "--confidence"],
  ]);
  t.regex(
    stdout,
    /^% metric xsim .*\n\\begin\{tabular\}\{lr\}\n\\hline\n & xsim \\\\\n\\hline\nsource\$\\rightarrow\$target & 0\.000 \{\[\}0\.000, 0\.000\] \\\\\n/,
  );
  t.true(stdout.endsWith("\\hline\n\\end{tabular}\n"));
  const pairs = join(folder, "50%_a&b#1.tsv");
  writeFileSync(pairs, "a\tb\n");
  const told = await crisscross(["evaluate", "pairs", pairs, "--gold", pairs, "--latex", "--confidence"]);
  t.regex(told.stdout, /50\\%\\_a\\&b\\#1\.tsv & 1\.000 \{\[\}1\.000, 1\.000\] & /);
  t.is((await crisscross(["evaluate", "xsim", source, target, "--latex", "--json"])).code, 2);
});

test("evaluate bucc takes a folder's other split, or another folder, to tune thresholds on", async (t) => {
  const folder = sampleSet(temporaryFolder(t));
  for (const side of ["de", "en", "gold"])
    writeFileSync(join(folder, `de-en.dev.${side}`), readFileSync(join(folder, `de-en.samples.${side}`)));
  const evaluate = ["evaluate", "bucc", folder, "--encoder", "ngram", "--split", "samples", "--json"];
  for (const tuneOn of ["dev", folder]) {
    const { code, stdout, stderr } = await crisscross([...evaluate, "--tune-on", tuneOn]);
    t.is(code, 0, stderr);
    const { figures } = JSON.parse(stdout).rows[0];
    t.is(figures["F1 at tuned"].value, figures["best F1"].value);
  }
  const none = await crisscross([...evaluate, "--tune-on", "none"]);
  t.is(none.code, 2);
  t.regex(none.stderr, /has no split none; it has /);
});

test("evaluate bucc --run needs no texts", async (t) => {
  const run = join(temporaryFolder(t), "run");
  await crisscross([
    "mine",
    "samples/town.de",
    "samples/town.en",
    "--encoder",
    "ngram",
    "--run",
    run,
    "--quiet",
  ]);
  const { code, stdout, stderr } = await crisscross([
    ...["evaluate", "bucc", "--run", run, "--gold", "samples/town.de-en.gold"],
  ]);
  t.is(code, 0, stderr);
  t.regex(stdout, /run\s+0\.851/);
});

test("what evaluate is asked must be complete", async (t) => {
  const folder = temporaryFolder(t);
  for (const [argv, code, message] of [
    [["bucc"], 2, /Expected a folder of mining sets, or --source, --target and --gold/],
    [["bucc", folder], 1, /has no mining sets/],
    [
      ["bucc", folder, "--gold", "c"],
      2,
      /name one task, and .* holds others\. Give a folder, or the files of one task/,
    ],
    [
      ["bucc", "--source", "a", "--target", "b", "--gold", "c", "--languages", "de"],
      2,
      /--languages chooses among the mining sets of a folder/,
    ],
    [["retrieval", "a", "b", "--k", "8"], 2, /unknown option '--k'/],
    [
      ["bucc", "--source", "a", "--target", "b", "--gold", "c", "--tune-on", "x,y"],
      2,
      /--tune-on has 2 files/,
    ],
    [["tatoeba", folder], 1, /has no texts that are named by language/],
    [["tatoeba", join(folder, "no")], 1, /no: no such folder\./],
    [["pairs", "mined.tsv"], 2, /required option '--gold <file>' not specified/],
    [["search", "a.npy", "b.npy"], 1, /a\.npy: no such file/],
    [["glue"], 2, /unknown command 'glue'/],
  ] as const) {
    const outcome = await crisscross(["evaluate", ...argv]);
    t.is(outcome.code, code, argv.join(" "));
    t.regex(outcome.stderr, message);
  }
});

test("a switch with a value behind it is told to take none, and a surplus file is not taken for one", async (t) => {
  const labels = ["evaluate", "labels", "a.tsv"];
  const { code, stderr } = await crisscross([...labels, "--confidence", "0.95"]);
  t.deepEqual(
    [code, stderr],
    [2, "crisscross: --confidence takes no value, but 0.95 follows it. Leave that out.\n"],
  );
  t.regex((await crisscross([...labels, "--confidence", "b.tsv"])).stderr, /too many arguments for 'labels'/);
  t.regex((await crisscross([...labels, "0.95"])).stderr, /too many arguments for 'labels'/);
});
