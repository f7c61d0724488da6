/**
 * From WET files to the bitexts of two pairs of languages, on a Slurm of one node that this benchmark starts on loopback: by
 * one machine's commands, by the workflow for Snakemake, by the same while jobs are cancelled and killed, the node
 * restarts and bits flip, and by the scripts for sbatch. Each must give the bytes of the first. Writes
 * results/cluster.json. About ten minutes on two cores.
 *
 *   node dist/test/bench/cluster/cluster.js [--rows 4000] [--snakemake snakemake] [--only REGEXP] [--keep]
 *
 * Needs root, Debian's packages slurm-wlm and munge, and what pipelines/cluster/requirements.txt names. `--rows`: rows of
 * parallel/ for each of two languages beside English; `--only`: the ways of these names, the results of the others stay;
 * `--keep`: leaves the folder with all that was made.
 */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { describeMachine } from "../machine.js";
import { ATTEMPTS } from "./attempts.js";
import { CLUSTER_RESULTS, type ClusterResults, formatClusterTable } from "./cluster-table.js";
import { writeDumps } from "./dumps.js";
import { Slurm } from "./slurm.js";
import { readVersions } from "./versions.js";
import { type Bitexts, mineOnOneMachine, type Work } from "./ways.js";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "4000" },
    snakemake: { type: "string", default: "snakemake" },
    only: { type: "string" },
    keep: { type: "boolean" },
  },
});
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
const folder = mkdtempSync(join(tmpdir(), "crisscross-bench-"));
// munge wants its socket where all may look.
chmodSync(folder, 0o755);
try {
  const results = await runAll();
  console.log(
    `${results.machine} · ${JSON.stringify(results.versions)} · ${JSON.stringify(results.pairs)} pairs`,
  );
  for (const { said } of results.rows) for (const sentence of said) console.log(sentence);
  console.log(formatClusterTable(results));
  writeFileSync(CLUSTER_RESULTS, `${JSON.stringify(withOthers(results), null, 1)}\n`);
  if (results.rows.some(({ same }) => !same)) process.exitCode = 1;
} finally {
  if (values.keep) console.log(folder);
  else rmSync(folder, { recursive: true, force: true });
}

/** The same with the rows that are there of ways that were not tried. */
function withOthers(results: ClusterResults): ClusterResults {
  if (values.only === undefined || !existsSync(CLUSTER_RESULTS)) return results;
  const before: ClusterResults = JSON.parse(readFileSync(CLUSTER_RESULTS, "utf8"));
  const rows = Object.keys(ATTEMPTS).flatMap(
    (way) => [results, before].flatMap(({ rows }) => rows).find((row) => row.way === way) ?? [],
  );
  return { ...results, rows };
}

async function runAll(): Promise<ClusterResults> {
  const at = (name: string) => {
    mkdirSync(join(folder, name));
    return join(folder, name);
  };
  const dumps = await writeDumps(at("dumps"), 3, Number(values.rows));
  const work: Work = { dumps, pairs: ["de-en", "fr-en"], grid: [2, 2] };
  const expected = await mineOnOneMachine(work, at("one"));
  const rows: ClusterResults["rows"] = [];
  await using slurm = await Slurm.start(at("slurm"));
  const place = { folder, slurm, snakemake: values.snakemake };
  for (const [way, attempt] of Object.entries(ATTEMPTS)) {
    if (!new RegExp(values.only ?? "").test(way)) continue;
    const [start, before] = [performance.now(), slurm.countStarts()];
    const { bitexts, disturbed, said } = await attempt(work, place);
    const seconds = Math.round((performance.now() - start) / 1000);
    const starts = slurm.countStarts() - before;
    rows.push({ way, disturbed, said, starts, seconds, same: areSame(bitexts, expected) });
    console.log(`${way}: ${starts} starts, ${seconds} s`);
  }
  return {
    machine: describeMachine(),
    versions: readVersions(values.snakemake),
    pairs: countPairs(expected),
    rows,
  };
}

function areSame(some: Bitexts, others: Bitexts): boolean {
  return Object.entries(others).every(([pair, bytes]) => some[pair].equals(bytes));
}

function countPairs(bitexts: Bitexts): Record<string, number> {
  const count = (bytes: Buffer) => gunzipSync(bytes).toString().split("\n").length - 1;
  return Object.fromEntries(Object.entries(bitexts).map(([pair, bytes]) => [pair, count(bytes)]));
}
