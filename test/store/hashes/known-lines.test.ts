import { createHash } from "node:crypto";
import test from "ava";
import { LineNotes, textsOfLines } from "../../../src/store/hashes/known-lines.js";

test("lines are known by the numbers of their texts, blank and missing ones by none", async (t) => {
  const notes = await LineNotes.create();
  for (const [text, line] of [
    ["b", 1],
    [" a ", 2],
    ["", 3],
    ["a", 4],
    // Lines 5 and 6 were left out.
    ["b", 7],
    ["c", 8],
    ["b", 9],
  ] as const)
    notes.add(text, line);
  const known = notes.finish()!;
  t.deepEqual([...textsOfLines(known)], [0, 1, -1, 1, -1, -1, 0, 2, 0]);
  t.is(known.hash, createHash("sha256").update("1 b\n1 a\n1 c\n").digest("hex"));
});

test("a text that comes again after very many is known, too", async (t) => {
  const notes = await LineNotes.create();
  const lines = Array.from({ length: 40_000 }, (_, i) => `${i}`);
  for (const [i, text] of [...lines, "0", "39999", "20000"].entries()) notes.add(text, i + 1);
  t.deepEqual([...textsOfLines(notes.finish()!)].slice(-4), [39_999, 0, 39_999, 20_000]);
});

test("lines that are all different take hardly any room", async (t) => {
  const notes = await LineNotes.create();
  for (let i = 1; i <= 100_000; i++) notes.add(`${i}`, i);
  t.true(notes.finish()!.lines.length < 1000);
});
