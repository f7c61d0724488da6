import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { takeApart } from "../../pipelines/criss-experiment/thirds.js";
import { formatSeeded, type SeedRun } from "../../pipelines/seed-experiment/format-seed.js";
import { listWords, logLikelihoodRatio, type WordPair } from "../../pipelines/seed-experiment/word-list.js";
import { temporaryFolder } from "../temporary-folder.js";

test("of rows taken apart those set aside are in neither text, and the untranslated ones in English alone", async (t) => {
  const folder = temporaryFolder(t);
  const rows = Array.from({ length: 40 }, (_, i) => [`English sentence ${i}`, `other sentence ${i}`]);
  const file = join(folder, "rows.tsv");
  writeFileSync(file, rows.map((row) => `wiki\t${row.join("\t")}\n`).join(""));
  const parts = await takeApart(file, join(folder, "apart"), { rows: 37, aside: 7 });
  const linesOf = (path: string) => readFileSync(path, "utf8").trimEnd().split("\n");
  const [english, other] = [linesOf(parts.english), linesOf(parts.other)];
  const isIn = (path: string) =>
    linesOf(path).map((line) => {
      const [own, translation] = line.split("\t");
      t.is(own.replace("other", "English"), translation);
      return [other.includes(own), english.includes(translation)];
    });
  t.deepEqual(isIn(parts.aside), Array(7).fill([false, false]));
  t.deepEqual(isIn(parts.untranslated), Array(10).fill([false, true]));
  t.deepEqual([english.length, other.length], [20, 20]);
  const gold = linesOf(parts.gold).map((line) => line.split("\t").map(Number));
  t.is(gold.length, 10);
  for (const [x, y] of gold) t.is(other[x - 1].replace("other", "English"), english[y - 1]);
});

test("the log-likelihood ratio of two words is that of Dunning 1993", (t) => {
  // His table 1: "the Swiss" 110 times, "the" 2,442 times without it, "Swiss" 111 times without "the".
  t.is(logLikelihoodRatio(110, 2552, 221, 31_777).toFixed(2), "270.72");
});

test("a word list has the surest pairs first, each word once, and no name", (t) => {
  const rows: WordPair[] = [
    ["ji kalan Mali 12", "water hot Mali 12"],
    ["ji suma Mali 12", "Water, cold! Mali 12"],
    ["so kalan", "house hot"],
    ["so suma", "house cold"],
    ["ji bɔ", "water out"],
    ["Ji bɔ", "water"],
  ];
  const words = [
    ["ji", "water"],
    ["kalan", "hot"],
    ["so", "house"],
    ["suma", "cold"],
  ];
  t.deepEqual(listWords(rows, 500), words);
  t.deepEqual(listWords(rows, 3), words.slice(0, 3));
});

test("a loop that is given sentences has its row where the loop given nothing did not run", (t) => {
  const rounds = [0.25, 0.5].map((precisionAt1, round) => ({ round, pairs: {}, mean: { precisionAt1 } }));
  const run = { start: 0.125, best: 1, rounds: rounds as SeedRun["rounds"] };
  const row = formatSeeded({ "bam_Latn+sentences": run }).split("\n").at(-1);
  t.is(row, "| bam_Latn | sentences | builtin | 0.125 | – | 0.250 | 0.500 | 0.500 | 1 of 1 |");
});
