import test from "ava";
import { longestCommonSubstring } from "../../src/filter/longest-common-substring.js";
import { mayRepeat } from "../../src/filter/periods.js";
import type { Rule } from "../../src/filter/rule.js";
import { suggestBounds } from "../../src/filter/suggest.js";
import { codesOf } from "../../src/text/code-points.js";
import { editDistance } from "../../src/text/edit-distance.js";
import { randomNumbers } from "../random.js";

/** The definition: a table of prefixes (Wagner & Fischer 1974). */
function byTable(a: string[], b: string[]): number {
  let row = b.map((_, j) => j + 1);
  for (const [i, part] of a.entries()) {
    const next: number[] = [];
    for (const [j, other] of b.entries()) {
      const diagonal = (j === 0 ? i : row[j - 1]) + (part === other ? 0 : 1);
      next.push(Math.min(diagonal, row[j] + 1, (j === 0 ? i + 1 : next[j - 1]) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? a.length;
}

for (const [from, to, distance] of [
  ["kitten", "sitting", 3],
  ["", "abc", 3],
  ["same", "same", 0],
  ["Saturday", "Sunday", 3],
] as const)
  test(`the edit distance of "${from}" and "${to}" is ${distance}`, (t) => {
    t.is(editDistance(codesOf(from), codesOf(to)), distance);
  });

test("the edit distance by bit vectors is that of the table, over the borders of 32 parts", (t) => {
  const next = randomNumbers(1);
  const text = (length: number) => Array.from({ length }, () => "abcd"[Math.floor(next() * 4)]);
  for (const length of [0, 1, 5, 31, 32, 33, 64, 65, 100])
    for (const other of [0, 1, 30, 32, 47, 96]) {
      const [a, b] = [text(length), text(other)];
      t.is(
        editDistance(codesOf(a.join("")), codesOf(b.join(""))),
        byTable(a, b),
        `${a.join("")} ${b.join("")}`,
      );
    }
});

test("the longest common substring is that of every start and length", (t) => {
  const next = randomNumbers(5);
  const text = (length: number) => Array.from({ length }, () => "abc"[Math.floor(next() * 3)]).join("");
  for (let round = 0; round < 300; round++) {
    const [a, b] = [text(round % 13), text(round % 17)];
    let longest = 0;
    for (let start = 0; start < a.length; start++)
      for (let end = start + 1; end <= a.length; end++)
        if (b.includes(a.slice(start, end))) longest = Math.max(longest, end - start);
    t.is(longestCommonSubstring(codesOf(a), codesOf(b)), longest, `${a} ${b}`);
  }
});

test("a text in which a part follows itself is never passed over", (t) => {
  const next = randomNumbers(2);
  for (let round = 0; round < 2000; round++) {
    const text = Array.from({ length: 30 }, () => "ab "[Math.floor(next() * 3)]).join("");
    for (const [shortest, times] of [
      [3, 2],
      [1, 3],
    ]) {
      const found = new RegExp(`(\\S.{${shortest - 1},10}?)(?: *\\1){${times},}`).test(text);
      if (found) t.true(mayRepeat(text, shortest, 11, times), `"${text}" ${shortest} ${times}`);
    }
  }
  t.false(mayRepeat("An ordinary sentence... without any.", 3, 100, 2));
});

test("a suggested bound rejects no more than its share, and an open one lies beyond the last kept value", (t) => {
  const bounds: Rule["bounds"] = [
    { option: "min", keeps: "at least", limits: [0, 0] },
    { option: "max", keeps: "less than", limits: [50, 50] },
  ];
  const rule: Rule = { of: "pair", measure: () => 0, bounds };
  const values = Array.from({ length: 100 }, (_, i) => i + 1);
  t.deepEqual(
    suggestBounds(rule, values, 0.05, () => false),
    [
      { option: "min", value: 6, rejects: 0, wouldReject: 0.05 },
      { option: "max", value: 96, rejects: 0.51, wouldReject: 0.05 },
    ],
  );
});
