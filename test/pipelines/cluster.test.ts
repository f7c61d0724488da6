import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import test, { type ImplementationFn } from "ava";
import { crisscross } from "../cli/terminal.js";
import { temporaryFolder } from "../temporary-folder.js";

const SNAKEFILE = resolve("pipelines/cluster/Snakefile");
const isThere = spawnSync("snakemake", ["--version"]).status === 0;

/** A test that is skipped, with a sentence, where Snakemake is absent. */
function testWorkflow(title: string, run: ImplementationFn<[]>): void {
  // One after the other: each waits for its commands, and none would be done for minutes.
  if (isThere) test.serial(title, run);
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

testWorkflow("each side is embedded with its language, where the encoder is told it", (t) => {
  const config = { ...TOWN, parts: 1, embed: "--encoder models/nllb --language {language}" };
  const { stdout, stderr } = snakemake(temporaryFolder(t), config, "--dry-run", "--printshellcmds");
  for (const language of ["de", "en"])
    t.regex(stdout + stderr, new RegExp(`town\\.${language} --encoder models/nllb --language ${language} `));
});

testWorkflow("a tile keeps within its job's memory, or what the options of search say", (t) => {
  const commandsOf = (config: object) => {
    const { stdout, stderr } = snakemake(temporaryFolder(t), config, "--dry-run", "--printshellcmds");
    return `${stdout}${stderr}`.split("\n").filter((line) => line.includes(" search "));
  };
  for (const command of commandsOf({ ...TOWN, memory_mb: 3000 }))
    t.regex(command, /--search-type int8 +--memory 2500M --threads/);
  for (const command of commandsOf({ ...TOWN, search: "--index exact --memory 2G" }))
    t.regex(command, /--index exact --memory 2G +--threads/);
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

testWorkflow("from dumps to filtered pairs with addresses, the bytes are those of one machine", async (t) => {
  const folder = temporaryFolder(t);
  const dumps = copyDumps(folder);
  const { texts: _, select: __, ...rest } = TOWN;
  const { status, stderr } = snakemake(folder, {
    ...rest,
    ...{ dumps, parts: 1, source_shards: 1, target_shards: 2, columns: "url", filter: "" },
  });
  t.is(status, 0, stderr);
  t.deepEqual(readFileSync(join(folder, "work/bitext/de-en.tsv.gz")), await mineAlone(folder, dumps));
});

test("the scripts for sbatch give the bytes of one machine", async (t) => {
  const folder = temporaryFolder(t);
  const dumps = copyDumps(folder);
  const options = { FIELDS: "url", FILTER: "", SLURM_CPUS_PER_TASK: "1", SLURM_MEM_PER_NODE: "1000" };
  const run = (script: string, argv: string[], env = {}) =>
    t.like(sbatch(folder, script, argv, { ...options, ...env }), { status: 0 });
  run("around-tiles", ["before", "work", "de", "en", ...dumps]);
  for (const task of [4, 1, 3, 2])
    run("tiles", ["work", "de", "en", "2x2"], { SLURM_ARRAY_TASK_ID: `${task}` });
  run("around-tiles", ["after", "work", "de", "en"]);
  t.deepEqual(readFileSync(join(folder, "work/bitext.tsv.gz")), await mineAlone(folder, dumps));
});

/** A dump, and another one whose pages are all in the first. */
function copyDumps(folder: string): string[] {
  return ["a", "b"].map((name) => {
    const path = join(folder, `${name}.warc.gz`);
    copyFileSync("samples/town.warc.gz", path);
    return path;
  });
}

async function mineAlone(folder: string, dumps: string[]): Promise<Buffer> {
  const at = (name: string) => join(folder, "alone", name);
  const sides = ["de", "en"].map((language) => at(`${language}.jsonl.zst`));
  const how = ["--index", "exact", "--search-type", "int8", "--columns", "url"];
  for (const argv of [
    ["extract", ...dumps, "--languages", "de,en", "-o", join(folder, "alone")],
    ["mine", ...sides, ...how, "-o", at("mined.tsv.gz")],
    ["filter", at("mined.tsv.gz"), "--languages", "de,en", "-o", at("kept.tsv.gz")],
  ]) {
    const { code, stderr } = await crisscross(argv);
    if (code !== 0) throw new Error(stderr);
  }
  return readFileSync(at("kept.tsv.gz"));
}

/** Runs a script as Slurm does, which sets variables. */
function sbatch(folder: string, script: string, argv: string[], env: NodeJS.ProcessEnv) {
  return spawnSync("bash", [resolve(`pipelines/cluster/${script}.sbatch`), ...argv], {
    cwd: folder,
    env: { ...process.env, CRISSCROSS: TOWN.command, ...env },
    encoding: "utf8",
  });
}

for (const { script, argv, task, says } of [
  { script: "tiles", argv: ["work", "de", "en", "2x2"], says: /^usage: sbatch --array=1-N tiles\.sbatch/ },
  { script: "tiles", argv: ["work", "de", "en", "0x2"], task: "1", says: /^usage/ },
  {
    script: "tiles",
    argv: ["work", "de", "en", "2x2"],
    task: "5",
    says: /^tiles\.sbatch: 2x2 is an array of 1-4, without a task 5/,
  },
  { script: "around-tiles", argv: ["before", "work", "de", "en"], says: /^usage: sbatch around-tiles/ },
  { script: "around-tiles", argv: ["then", "work", "de", "en"], says: /^usage/ },
])
  test(`${script}.sbatch ${argv.join(" ")}${task ? `, task ${task},` : ""} is refused`, (t) => {
    const { status, stderr } = sbatch(temporaryFolder(t), script, argv, { SLURM_ARRAY_TASK_ID: task });
    t.is(status, 2);
    t.regex(stderr, says);
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
