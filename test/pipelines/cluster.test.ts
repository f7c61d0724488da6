import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import test, { type ImplementationFn } from "ava";
import { crisscross } from "../cli/terminal.js";
import { temporaryFolder } from "../temporary-folder.js";

const SNAKEFILE = resolve("pipelines/cluster/Snakefile");
const isThere = spawnSync("snakemake", ["--version"]).status === 0;

/** A test that is skipped, with a sentence, where Snakemake is absent. */
function testWorkflow(title: string, run: ImplementationFn<[]>): void {
  if (isThere) test(title, run);
  else test.skip(`${title} (skipped: Snakemake is not installed, pip install snakemake)`, run);
}

const TOWN = {
  texts: { de: resolve("samples/town.de"), en: resolve("samples/town.en") },
  pairs: ["de-en"],
  command: `${process.execPath} ${resolve("dist/cli/crisscross.js")}`,
  ...{ parts: 2, source_shards: 2, target_shards: 3, threads: 1, select: "--threshold 1.2" },
};

/** Runs the workflow in a folder; JSON is YAML, too. */
function snakemake(folder: string, config: object, ...argv: string[]) {
  writeFileSync(join(folder, "config.yaml"), JSON.stringify(config));
  const options = ["-s", SNAKEFILE, "--configfile", "config.yaml", "--cores", "2"];
  return spawnSync("snakemake", [...options, ...argv], { cwd: folder, encoding: "utf8" });
}

testWorkflow("a dry run of the workflow tells a job for each part and tile", (t) => {
  const { status, stdout, stderr } = snakemake(temporaryFolder(t), TOWN, "--dry-run");
  t.is(status, 0, stderr);
  for (const [rule, jobs] of Object.entries({ embed: 4, search: 6, merge_row: 2, merge: 1, select: 1 }))
    t.regex(stdout + stderr, new RegExp(`^${rule} +${jobs}$`, "m"));
});

testWorkflow("the workflow gives the bitext of one machine, byte for byte", async (t) => {
  const folder = temporaryFolder(t);
  const { status, stderr } = snakemake(folder, TOWN);
  t.is(status, 0, stderr);
  const one = join(folder, "one.tsv.gz");
  const how = ["--index", "exact", "--search-type", "int8", "--threshold", "1.2", "-o", one];
  t.is((await crisscross(["mine", TOWN.texts.de, TOWN.texts.en, ...how])).code, 0);
  t.deepEqual(readFileSync(join(folder, "work/bitext/de-en.tsv.gz")), readFileSync(one));
});

for (const { what, config, says } of [
  {
    what: "a setting that does not exist",
    config: { ...TOWN, part: 2 },
    says: /has part, which is no setting; parts is/,
  },
  {
    what: "a language without a text",
    config: { ...TOWN, pairs: ["de-fr"] },
    says: /texts has no file of fr/,
  },
  { what: "no pair", config: { ...TOWN, pairs: [] }, says: /names no pairs/ },
])
  testWorkflow(`the workflow refuses ${what}`, (t) => {
    const { status, stdout, stderr } = snakemake(temporaryFolder(t), config, "--dry-run");
    t.is(status, 1);
    t.regex(stdout + stderr, says);
  });
