import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { formatRounds } from "../../cli/rounds-table.js";
import { formatGains, formatResults } from "../../pipelines/criss-experiment/format-results.js";
import { formatPivots } from "../../pipelines/pivots-experiment/format-pivots.js";
import { formatSeed, formatSeeded } from "../../pipelines/seed-experiment/format-seed.js";
import { formatSeq2seq } from "../../pipelines/seq2seq-experiment/format-seq2seq.js";
import { CLUSTER_RESULTS, type ClusterResults, formatClusterTable } from "../bench/cluster/cluster-table.js";
import { formatLanguageTable, LANGUAGE_RESULTS } from "../bench/language-table.js";
import { formatNoiseTable, NOISE_RESULTS } from "../bench/noise-table.js";
import { formatQualityTables, RESULTS } from "../bench/quality-table.js";
import { formatSemdiverge, RESULTS as SEMDIVERGE } from "../bench/semdiverge-table.js";
import { crisscross } from "../cli/terminal.js";
import { temporaryFolder } from "../temporary-folder.js";
import { blocks, marked, readPage, TOP } from "./find.js";
import { inClone, output, SESSIONS } from "./sessions.js";

const BENCHMARKS = "test/bench/README.md";
const RULES = "src/filter/README.md";

const json = (path: string) => JSON.parse(readFileSync(path, "utf8"));
const withoutSeconds = (text: string) => text.replace(/^seconds: .*$/m, "seconds: …");

const folder = inClone(mkdtempSync(join(tmpdir(), "crisscross-test-")));
test.after.always(() => rmSync(folder, { recursive: true, force: true }));

for (const { page, command, printed } of SESSIONS)
  test.serial(`${page}: ${command} prints what is shown`, async (t) => {
    t.is(withoutSeconds(await output(command, folder)), withoutSeconds(printed));
  });

test("READMEs show sessions of mining, scoring, filtering, extracting and evaluating", (t) => {
  const shown = SESSIONS.map(({ command }) => command.split(" ")[2]);
  for (const name of ["mine", "score", "filter", "extract", "evaluate"]) t.true(shown.includes(name), name);
});

test("the quality tables are made from the results", (t) => {
  t.is(marked(BENCHMARKS, "quality"), formatQualityTables(json(RESULTS)));
});

test("the table of meanings is made from the results", (t) => {
  t.is(marked(BENCHMARKS, "semdiverge"), formatSemdiverge(json(SEMDIVERGE)));
});

test("the table of noise is made from the results", (t) => {
  t.is(marked(BENCHMARKS, "noise"), formatNoiseTable(json(NOISE_RESULTS)));
});

test("the table of languages is made from the results", (t) => {
  t.is(marked(BENCHMARKS, "languages"), formatLanguageTable(json(LANGUAGE_RESULTS)));
});

test("the table of a cluster, and what damaged files were called there, are made from the results", (t) => {
  const results: ClusterResults = json(CLUSTER_RESULTS);
  t.is(marked(BENCHMARKS, "cluster"), formatClusterTable(results));
  t.true(results.rows.every(({ same }) => same));
  const said = results.rows.flatMap((row) => row.said).join("\n");
  t.true(blocks(BENCHMARKS, "text").includes(`${said}\n`));
});

test("the loop's tables are made from the results of its experiment", (t) => {
  const results = json("test/bench/results/criss.json");
  t.is(marked(BENCHMARKS, "criss"), formatGains(results));
  t.is(marked("pipelines/README.md", "criss"), formatResults(results));
});

test("the table of languages that no encoder knows is made from the results of its experiment", (t) => {
  const results = json("test/bench/results/seed.json");
  t.is(marked("pipelines/README.md", "seed"), formatSeed(results));
  t.is(marked("pipelines/README.md", "seeded"), formatSeeded(results));
  t.is(marked("pipelines/README.md", "seed-e5"), formatSeed(results, "multilingual-e5-small"));
});

test("the tables of pivots are made from the results of their experiment", (t) => {
  for (const name of ["pivots", "pivots-distilled"])
    t.is(marked("pipelines/README.md", name), formatPivots(json(`test/bench/results/${name}.json`)));
});

test("the table of translators in the loop is made from the results of its experiment", (t) => {
  const results = json("test/bench/results/seq2seq.json");
  t.is(marked("pipelines/seq2seq/README.md", "seq2seq"), formatSeq2seq(results));
});

test("the session of the loop, which takes minutes, shows what the results of its experiment hold", (t) => {
  const [page, name] = ["pipelines/README.md", "mri_Latn+words"];
  const { best, rounds } = json("test/bench/results/seed.json")[name];
  const [session] = blocks(page, "text");
  const figuresIn = (line: string) => line.match(/\d+(\.\d+)?/g)!;
  const shown = session.split("\n").filter((line) => line.includes("×"));
  t.true(shown.length >= 5);
  const [, ...lines] = formatRounds(rounds).split("\n");
  for (const line of shown) {
    const figures = figuresIn(line);
    // Last come figures of gold, which the session has not.
    for (const [i, kept] of figuresIn(lines[Number(figures[0])]).slice(0, figures.length).entries()) {
      // What is kept was rounded before.
      const unit = 10 ** -(figures[i].split(".")[1] ?? "").length;
      t.true(Math.abs(Number(figures[i]) - Number(kept)) <= (unit < 1 ? 1.01 * unit : 0), `${line}: ${kept}`);
    }
  }
  t.true(
    session.includes(
      `round ${best} is the best · ${rounds[best].pairs["mri_Latn-en"].found} pairs in run/pairs`,
    ),
  );
});

test("every figure that the README promises is among the results", (t) => {
  const [, promised] = /^## Measured\n(.*?)^## /ms.exec(readPage(TOP))!;
  const results = readPage(BENCHMARKS);
  const figures = promised.match(/\d[\d,]*\.\d+|\d+,\d+/g)!;
  t.true(figures.length >= 10);
  for (const figure of figures) t.true(results.includes(figure), figure);
});

test("the table of rules is what filter --rules prints, which is made from their schemas", async (t) => {
  const { stdout } = await crisscross(["filter", "--rules"]);
  t.is(marked(RULES, "rules"), stdout.trim());
});

test("the configuration of filters is one", async (t) => {
  const own = temporaryFolder(t);
  const [configuration] = blocks(RULES, "yaml");
  writeFileSync(join(own, "filter.yaml"), configuration);
  writeFileSync(
    join(own, "rules.js"),
    "export const noShouting = ({ target }) => target !== target.toUpperCase();",
  );
  for (const name of ["newstest.de", "newstest.en"]) writeFileSync(join(own, name), "");
  const row = "1.2\tDas ist ein Haus mit Garten.\tThis is a house with a garden.\n";
  const argv = ["filter", "-", "--quiet", "--config", join(own, "filter.yaml")];
  t.deepEqual(await crisscross(argv, row), { code: 0, stdout: row, stderr: "" });
});

test("the program in TypeScript is samples/mine.ts", (t) => {
  t.is(blocks(TOP, "ts")[0], readFileSync("samples/mine.ts", "utf8"));
});

test("the program in TypeScript prints the best pairs", (t) => {
  const printed = execFileSync(process.execPath, ["dist/samples/mine.js"], { encoding: "utf8" });
  t.regex(printed, /Ein Schulbus aus Larkmoor .* = A school bus from Larkmoor/);
});

test("the program that filters mined pairs is samples/filter.ts, and keeps to its rules", (t) => {
  t.is(blocks(RULES, "ts")[0], readFileSync("samples/filter.ts", "utf8"));
  const printed = execFileSync(process.execPath, ["dist/samples/filter.js"], { encoding: "utf8" });
  t.regex(printed, /Ein Schulbus aus Larkmoor .* = A school bus from Larkmoor/);
  for (const line of printed.trimEnd().split("\n")) t.notRegex(line, /!$/);
});

test("the program that goes from sentences to scores is samples/rows.ts, and prints a pair with its page", (t) => {
  t.is(blocks("src/read/README.md", "ts")[0], readFileSync("samples/rows.ts", "utf8"));
  const printed = execFileSync(process.execPath, ["dist/samples/rows.js"], { encoding: "utf8" });
  t.regex(printed, /^0\.\d{3} https:\/\/de\.town\.example\/\S* Jeden Samstag .* = Every Saturday /m);
});
