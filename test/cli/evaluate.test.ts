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
