import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { formatSeq2seq } from "../../pipelines/seq2seq-experiment/format-seq2seq.js";
import { writeTestSet } from "../../pipelines/seq2seq-experiment/test-set.js";
import type { RoundSummary } from "../../src/index.js";
import { temporaryFolder } from "../temporary-folder.js";

const round = (number: number, precisionAt1: number, more: Partial<RoundSummary> = {}): RoundSummary => ({
  round: number,
  pairs: {
    "de-en": {
      sentences: { source: 9, target: 9 },
      found: 1000 + number,
      training: 10 + number,
      mutual: 0.5,
    },
  },
  mean: { mutual: 0.5, precision: 0.75, precisionAt1, bestF1: 0.25 },
  ...more,
});

test("a round's BLEU is that of the translator which its pairs trained, told with the round after it", (t) => {
  const told = {
    "BLEU de-en": 1.23,
    "chrF de-en": 20.04,
    "BLEU en-de": 0.5,
    "chrF en-de": 19.9,
    "signature de-en": "x",
  };
  const seq2seq = [round(0, 0.3, { minedBy: "ngram" }), round(1, 0.4, { told })];
  const pretrained = { minutes: 90, steps: 2000, first: "ngram", from: "before" as const };
  const [head, , names, , ...rows] = formatSeq2seq({
    de: { pretrained, seq2seq, table: [round(5, 0.9)] },
  }).split("\n");
  t.regex(
    head,
    /^\*\*de\*\*, 9 × 9 sentences: 90 minutes on texts alone, then 2000 steps a round, each from where the one before ended; `ngram` mined the first one$/,
  );
  t.regex(names, /P@1 \| best F1 \| BLEU →en \| chrF →en \| BLEU en→ \| chrF en→ \|$/);
  t.deepEqual(rows, [
    "| 0 | ngram | 1,000 | 10 | 0.750 | 0.300 | 0.250 | 1.2 | 20.0 | 0.5 | 19.9 |",
    "| 1 | translator | 1,001 | 11 | 0.750 | 0.400 | 0.250 |  |  |  |  |",
    "| 5 | table | 1,005 | 15 | 0.750 | 0.900 | 0.250 |  |  |  |  |",
  ]);
});

test("held-out pairs are a test set of two files with as many lines", (t) => {
  const folder = temporaryFolder(t);
  const pairs = join(folder, "aside.tsv");
  writeFileSync(pairs, "eins\tone\nzwei\ttwo\n");
  const { other, english } = writeTestSet(pairs, folder);
  t.deepEqual(
    [other, english].map((path) => readFileSync(path, "utf8")),
    ["eins\nzwei\n", "one\ntwo\n"],
  );
});
