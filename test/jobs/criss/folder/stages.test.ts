import test from "ava";
import { layOut, wayToLast } from "../../../../src/jobs/criss/folder/stages.js";
import type { Plan } from "../../../../src/jobs/criss/plan.js";
import { madeFrom } from "../../../../src/store/run/outline.js";

const plan: Plan = {
  texts: ["de", "en", "fr"].map((name) => ({ name, source: [] })),
  pairs: [
    { name: "de-en", languages: ["de", "en"], source: 0, target: 1 },
    { name: "fr-en", languages: ["fr", "en"], source: 2, target: 1 },
  ],
};

const madeFromText = (first: number, text: number) => {
  const stages = layOut(plan, first, first + 1);
  return madeFrom(stages.texts[text], wayToLast(stages)).map(({ name }) => name);
};

test("a text that changes outdates the neighbours of its sentences, and all that is learned from them", (t) => {
  const { rounds } = layOut(plan, 0, 1);
  t.deepEqual(
    rounds[0].candidates.map(({ from }) => from.map(({ name }) => name)),
    [
      ["text de", "text en", "start with seed pairs"],
      ["text fr", "text en", "start with seed pairs"],
    ],
  );
  const outdated = madeFromText(0, 2);
  for (const name of ["round 0 candidates of fr-en", "round 0 pairs", "round 0 encoder", "round 1 pairs"])
    t.true(outdated.includes(name), name);
  t.false(outdated.includes("text de"));
});

test("rounds of a loop that is continued are made from nothing that this one reads", (t) => {
  const outdated = madeFromText(2, 0);
  t.true(outdated.includes("round 2 pairs"));
  t.deepEqual(
    outdated.filter((name) => /^round [01] /.test(name)),
    [],
  );
});

test("each stage of a round leaves files of its own, in the folder of the round", (t) => {
  const { vectors, candidates, evaluation, pairs, encoder } = layOut(plan, 0, 1).rounds[1];
  const files = [...vectors, ...candidates, evaluation, pairs, encoder].flatMap((stage) => stage.files);
  t.is(new Set(files).size, files.length);
  t.true(files.every((file) => file.startsWith("rounds/1/")));
});
