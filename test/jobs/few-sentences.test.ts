import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { openEncoder } from "../../src/embed/open-encoder.js";
import { evaluateXsim } from "../../src/jobs/evaluate/aligned.js";
import { type MineOptions, mine } from "../../src/jobs/mine.js";
import { scoreBitext } from "../../src/jobs/score/score.js";
import type { Encoder } from "../../src/types/encoder.js";
import { temporaryFolder } from "../temporary-folder.js";

/** True pairs of the sample town, in one order. */
const linesOf = (path: string) => readFileSync(path, "utf8").trimEnd().split("\n");
const [german, english] = [linesOf("samples/town.de"), linesOf("samples/town.en")];
const pairs = linesOf("samples/town.de-en.gold").map((line) => {
  const [x, y] = line.split("\t").map(Number);
  return [german[x - 1], english[y - 1]] as const;
});

/** The highest score of the whole town, whose sides have 260 sentences. */
const HIGHEST = 2.6;

let builtin: Encoder;

test.before(async () => {
  builtin = await openEncoder();
});

async function mined(
  source: readonly string[],
  target: readonly string[],
  options: MineOptions = {},
): Promise<{ right: number; scores: number[] }> {
  const scores: number[] = [];
  let right = 0;
  for await (const pair of mine(source, target, { ...options, encoder: builtin, threads: 1 })) {
    scores.push(pair.score);
    if (pairs.some(([x, y]) => x === pair.source.text && y === pair.target.text)) right++;
  }
  return { right, scores };
}

for (const count of [1, 2, 3, 4, 6, 9, 16, 64]) {
  test(`of ${count} sentences a side as many find their own as without centring or by distance, with scores as of many`, async (t) => {
    const some = pairs.slice(0, count);
    const sides = [some.map(([x]) => x), some.map(([, y]) => y)] as const;
    const { right, scores } = await mined(...sides);
    t.true(right >= (await mined(...sides, { centre: false })).right);
    t.true(right >= (await mined(...sides, { margin: "distance" })).right);
    t.true(right >= 0.9 * count);
    t.true(scores.every((score) => score > 0 && score < HIGHEST));
  });
}

test("four sentences against two give their two pairs, and one against all its own", async (t) => {
  const sources = pairs.slice(0, 4).map(([x]) => x);
  const { right, scores } = await mined(sources, [pairs[1][1], pairs[3][1]]);
  t.deepEqual([right, scores.length], [2, 2]);
  t.is((await mined([pairs[5][0]], english)).right, 1);
});

test("a text finds itself, however few its lines are", async (t) => {
  const folder = temporaryFolder(t);
  for (const lines of [1, 2, 3, 4, 10]) {
    const path = join(folder, `${lines}.txt`);
    writeFileSync(path, english.slice(0, lines).join("\n"));
    const { rows } = await evaluateXsim(path, path, { encoder: builtin, threads: 1 });
    t.deepEqual(
      rows.map(({ figures }) => figures.xsim.value),
      [0, 0],
    );
  }
});

test("every pair of a bitext of a few has a score", async (t) => {
  const folder = temporaryFolder(t);
  for (const count of [1, 2, 3, 5]) {
    const [input, output] = [join(folder, `${count}.tsv`), join(folder, `${count}.out.tsv`)];
    writeFileSync(
      input,
      pairs
        .slice(0, count)
        .map((pair) => `${pair.join("\t")}\n`)
        .join(""),
    );
    const summary = await scoreBitext(input, output, { encoder: builtin, threads: 1 });
    t.is(summary.unscored, 0);
    t.true(summary.scores!.minimum > 0.9 && summary.scores!.maximum < HIGHEST);
  }
});
