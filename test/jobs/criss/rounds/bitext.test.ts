import test from "ava";
import type { Plan } from "../../../../src/jobs/criss/plan.js";
import { gatherBitext } from "../../../../src/jobs/criss/rounds/bitext.js";
import type { ChosenPairs } from "../../../../src/jobs/criss/rounds/choose-round.js";
import type { Side } from "../../../../src/steps/texts/side.js";

const side = (...texts: string[]) =>
  ({
    texts: { length: texts.length, get: (i: number) => texts[i] },
    textHash: texts.join(),
  }) as unknown as Side;

/** All pairs are to train on. */
const chosen = (...pairs: [source: number, target: number][]) =>
  ({
    candidates: {
      source: Uint32Array.from(pairs, ([x]) => x),
      target: Uint32Array.from(pairs, ([, y]) => y),
      cosine: Float32Array.from(pairs, () => 0.5),
    },
    training: Uint32Array.from(pairs.keys()),
  }) as unknown as ChosenPairs;

const split = (training: number[], heldOut: number[]) => ({
  training: Uint32Array.from(training),
  heldOut: Uint32Array.from(heldOut),
});

test("a pair that is held out is not trained on between other languages, or with other punctuation", (t) => {
  const texts = [
    side("Guten Tag.", "Haus", "Baum", "guten Tag"),
    side("Good day.", "house", "tree", "hut", "good day!"),
    side("Guten Tag!", "Hütte", "Gute Nacht", "Haus"),
  ];
  const plan: Plan = {
    texts: [],
    pairs: [
      { name: "de-en", languages: ["de", "en"], source: 0, target: 1 },
      { name: "en-at", languages: ["en", "at"], source: 1, target: 2 },
    ],
  };
  const pairs = [chosen([0, 0], [1, 1], [2, 2], [3, 4]), chosen([0, 0], [3, 1], [4, 2], [1, 3])];
  const { groups } = gatherBitext({ plan, texts, seeds: [] }, pairs, [
    split([1, 2, 3], [0]),
    split([0, 1, 2, 3], []),
  ]);
  t.deepEqual(
    groups.map(({ name, training }) => [name, [...training.sources], [...training.targets]]),
    [
      ["de-en", [1, 2], [1, 2]],
      ["en-at", [3, 4, 1], [1, 2, 3]],
    ],
  );
});
