import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { scoreAlignments } from "../../src/evaluate/alignments.js";
import type { JobEvent } from "../../src/events.js";
import { evaluateAlignment } from "../../src/jobs/evaluate/alignment.js";
import { temporaryFolder } from "../temporary-folder.js";

const pair = (source: number[], target: number[]) => ({ source, target });

test("precision is of all that was found, recall of the gold alignments with both sides", (t) => {
  const gold = [pair([0], [0]), pair([1, 2], [1]), pair([], [2]), pair([3], [3])];
  const found = [pair([0], [0]), pair([1], [1]), pair([2], []), pair([], [2]), pair([3], [3])];
  const { strict, lax } = scoreAlignments([{ found, gold }]);
  // Found: 0:0, []:2 and 3:3 are right; 1:1 shares 1 and 1 with 1,2:1; 2:[] is wrong. Gold: 0:0 and 3:3, and 1,2:1 laxly.
  t.deepEqual([strict.precision, strict.recall], [3 / 5, 2 / 3]);
  t.deepEqual([lax.precision, lax.recall], [4 / 5, 1]);
  t.is(strict.f1, (2 * (3 / 5) * (2 / 3)) / (3 / 5 + 2 / 3));
});

test("counts of several documents are added, and repeated alignments count once", (t) => {
  const right = [pair([0], [0])];
  const wrong = [pair([0], [1]), pair([0], [1])];
  const { strict } = scoreAlignments([
    { found: right, gold: right },
    { found: wrong, gold: right },
  ]);
  t.deepEqual(strict, { precision: 1 / 2, recall: 1 / 2, f1: 1 / 2 });
  t.deepEqual(scoreAlignments([]).lax, { precision: 0, recall: 0, f1: 0 });
});

/** What Vecalign's score.py (version 2.0.0) prints of these two files, to three decimals. */
const FOUND =
  "[0]:[0]:0.1\n[1]:[1, 2]:0.2\n[]:[3]:0.0\n[2, 3]:[4]:0.3\n[4]:[]:0.0\n[5]:[5]:0.1\n[6]:[7]:0.4\n";
const GOLD = "[0]:[0]\n[1]:[1]\n[]:[2]\n[]:[3]\n[2]:[4]\n[3]:[]\n[4, 5]:[5, 6]\n[6]:[7]\n";
const REFERENCE = {
  "strict F1": 0.414,
  "strict precision": 0.429,
  "strict recall": 0.4,
  "lax F1": 0.923,
  "lax precision": 0.857,
  "lax recall": 1,
};

test("figures are those of Vecalign's scorer", async (t) => {
  const folder = temporaryFolder(t);
  const [found, gold] = [join(folder, "found"), join(folder, "gold")];
  writeFileSync(found, FOUND);
  writeFileSync(gold, GOLD);
  const { rows } = await evaluateAlignment(found, { gold });
  for (const [name, value] of Object.entries(REFERENCE))
    t.is(Number(rows[0].figures[name].value.toFixed(3)), value, name);
});

test("gold that names a line that is not there, overlaps, and what is no alignment are told", async (t) => {
  const folder = temporaryFolder(t);
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const found = file("found", "[0]:[0]\n[1]:[]\n[1]:[1]\n");
  const told: JobEvent[] = [];
  await evaluateAlignment(found, {
    gold: file("gold", "0\t0\n1\t1\n2\t2\n"),
    onEvent: (event) => told.push(event),
  });
  t.regex(JSON.stringify(told), /line 3: source sentence 1 is in an alignment before/);
  await t.throwsAsync(evaluateAlignment(found, { gold: file("far", "[0]:[0]\n[9]:[1]\n") }), {
    message: /far, line 2: names source sentence 9, but .*found has 2 of them/,
  });
  await t.throwsAsync(evaluateAlignment(found, { gold: file("text", "Guten Tag.\n") }), {
    message: /text, line 1: is no alignment/,
  });
  await t.throwsAsync(evaluateAlignment(found, { gold: file("back", "0\t0\n2\t2\n1\t3\n") }), {
    message: /back, line 3: goes back/,
  });
  await t.throwsAsync(evaluateAlignment(found, { gold: file("none", "\n") }), {
    message: /has no alignments/,
  });
  await t.throwsAsync(evaluateAlignment([found, found], { gold: found }), { message: /as many of each/ });
});
