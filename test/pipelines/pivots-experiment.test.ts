import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { formatPivots } from "../../pipelines/pivots-experiment/format-pivots.js";
import { takeHalves } from "../../pipelines/pivots-experiment/halves.js";
import type { RoundSummary } from "../../src/index.js";
import { temporaryFolder } from "../temporary-folder.js";

test("each language has half of the sentences that most languages have, and gold says which lines translate each other", async (t) => {
  const folder = temporaryFolder(t);
  const write = (language: string, numbers: number[]) => {
    const file = join(folder, `en-${language}.tsv`);
    const rows = numbers.map((i) => `wiki\tEnglish sentence ${i}\t${language} has sentence ${i}\n`);
    writeFileSync(file, rows.join(""));
    return file;
  };
  const numbers = Array.from({ length: 60 }, (_, i) => i);
  const files = {
    de: write("de", numbers),
    fur: write(
      "fur",
      numbers.filter((i) => i < 40),
    ),
  };
  const { texts, gold } = await takeHalves(files, join(folder, "halves"), 40);
  const numbersIn = (path: string) =>
    readFileSync(path, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => Number(/\d+$/.exec(line)![0]));
  const english = numbersIn(texts.en);
  t.deepEqual(Object.keys(texts), ["de", "fur", "en"]);
  for (const language of ["de", "fur"]) {
    const own = numbersIn(texts[language]);
    t.is(new Set(own).size, 20);
    t.true(Math.max(...own) < 40);
    const pairs = readFileSync(gold[`${language}-en`], "utf8").trimEnd().split("\n");
    t.deepEqual(
      pairs.map((pair) => pair.split("\t").map(Number)),
      own.flatMap((number, line) =>
        english.includes(number) ? [[line + 1, english.indexOf(number) + 1]] : [],
      ),
    );
  }
  t.notDeepEqual(numbersIn(texts.de), numbersIn(texts.fur));
});

test("the table of pivots has the start and the round that each loop gives, the best start first, and means", (t) => {
  const round = (shares: Record<string, number>) =>
    ({
      pairs: Object.fromEntries(
        Object.entries(shares).map(([name, precisionAt1]) => [name, { precisionAt1 }]),
      ),
    }) as unknown as RoundSummary;
  const rounds = [round({ "bam-en": 0.25, "fur-en": 0.75 }), round({ "bam-en": 0.5, "fur-en": 0.875 })];
  const more = [rounds[0], round({ "bam-en": 0.625, "fur-en": 0.875, "bam-fur": 0.1 }), rounds[1]];
  t.is(
    formatPivots({ en: { best: 1, rounds }, "en,fur": { best: 1, rounds: more } }),
    [
      "| language | start | `en` | `en,fur` |",
      "| --- | ---: | ---: | ---: |",
      "| fur | 0.750 | 0.875 | 0.875 |",
      "| bam | 0.250 | 0.500 | 0.625 |",
      "| **mean** | 0.500 | 0.688 | 0.750 |",
    ].join("\n"),
  );
});
