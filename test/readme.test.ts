import { execFileSync } from "node:child_process";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import test, { type ExecutionContext } from "ava";
import { formatGains, formatResults } from "../pipelines/criss-experiment/format-results.js";
import { formatNoiseTable, NOISE_RESULTS } from "./bench/noise-table.js";
import { formatQualityTables, RESULTS } from "./bench/quality-table.js";
import { formatSemdiverge, RESULTS as SEMDIVERGE } from "./bench/semdiverge-table.js";
import { temporaryFolder } from "./temporary-folder.js";

const readme = readFileSync("README.md", "utf8");

/** Runs a README's command as its reader would, with this build in place of `npx crisscross`, and leaves nothing behind. */
function output(t: ExecutionContext, command: string): string {
  const cwd = temporaryFolder(t);
  symlinkSync(resolve("samples"), join(cwd, "samples"));
  const program = `"${process.execPath}" "${resolve("dist/cli/crisscross.js")}"`;
  const script = `npx() { shift; ${program} "$@"; }; { ${command}; } 2>&1`;
  return execFileSync("bash", ["-c", script], { encoding: "utf8", cwd });
}

const withoutSeconds = (text: string) => text.replace(/^seconds: .*$/m, "seconds: …");

for (const [, session] of readme.matchAll(/```console\n(.*?)```/gs)) {
  const [prompt, ...lines] = session.split("\n");
  const command = prompt.replace(/^\$ /, "");

  test(`README: ${command} prints what the README shows`, (t) => {
    t.is(withoutSeconds(output(t, command)), withoutSeconds(lines.join("\n")));
  });
}

test("README: the quality tables are made from the results", (t) => {
  const [, tables] = /<!-- quality -->\n(.*?)<!-- \/quality -->/s.exec(readme)!;
  t.is(tables.trim(), formatQualityTables(JSON.parse(readFileSync(RESULTS, "utf8"))));
});

test("README: the table of meanings is made from the results", (t) => {
  const [, table] = /<!-- semdiverge -->\n(.*?)<!-- \/semdiverge -->/s.exec(readme)!;
  t.is(table.trim(), formatSemdiverge(JSON.parse(readFileSync(SEMDIVERGE, "utf8"))));
});

test("README: the loop's tables are made from the results of its experiment", (t) => {
  const results = JSON.parse(readFileSync("test/bench/results/criss.json", "utf8"));
  const [, gains] = /<!-- criss -->\n(.*?)<!-- \/criss -->/s.exec(readme)!;
  t.is(gains.trim(), formatGains(results));
  const pipelines = readFileSync("pipelines/README.md", "utf8");
  const [, rounds] = /<!-- criss -->\n(.*?)<!-- \/criss -->/s.exec(pipelines)!;
  t.is(rounds.trim(), formatResults(results));
});

test("README: the table of noise is made from the results", (t) => {
  const [, table] = /<!-- noise -->\n(.*?)<!-- \/noise -->/s.exec(readme)!;
  t.is(table.trim(), formatNoiseTable(JSON.parse(readFileSync(NOISE_RESULTS, "utf8"))));
});

test("the rules' README has the table that filter --rules prints, which is made from their schemas", (t) => {
  const rules = readFileSync("src/filter/README.md", "utf8");
  const [, table] = /<!-- rules -->\n(.*?)<!-- \/rules -->/s.exec(rules)!;
  t.is(table.trim(), output(t, "npx crisscross filter --rules").trim());
});

test("README: the configuration of filters is one", async (t) => {
  const folder = temporaryFolder(t);
  const [, configuration] = /```yaml\n(.*?)```/s.exec(readme)!;
  writeFileSync(join(folder, "filter.yaml"), configuration);
  writeFileSync(
    join(folder, "rules.js"),
    "export const noShouting = ({ target }) => target !== target.toUpperCase();",
  );
  for (const name of ["newstest.de", "newstest.en"]) writeFileSync(join(folder, name), "");
  const row = "1.2\tDas ist ein Haus mit Garten.\tThis is a house with a garden.\n";
  const printed = output(
    t,
    `printf '${row}' | npx crisscross filter - --quiet --config ${join(folder, "filter.yaml")}`,
  );
  t.is(printed, row);
});

test("README: the program in TypeScript is samples/mine.ts", (t) => {
  const [, program] = /```ts\n(.*?)```/s.exec(readme)!;
  t.is(program, readFileSync("samples/mine.ts", "utf8"));
});

test("README: the program in TypeScript prints the best pairs", (t) => {
  const printed = execFileSync(process.execPath, ["dist/samples/mine.js"], { encoding: "utf8" });
  t.regex(printed, /Ein Schulbus aus Larkmoor .* = A school bus from Larkmoor/);
});
