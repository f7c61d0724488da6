import test from "ava";
import { selectPairs } from "../../../src/select/select.js";
import { type ChosenCandidates, withDecoys } from "../../../src/steps/pairs/decoys.js";
import { meanWithout } from "../../../src/steps/pairs/mean-without.js";
import type { Margin, Retrieval } from "../../../src/types/pairs.js";
import { candidatesOf } from "../../candidates.js";

// Cosines between a, b, c and A, B, C; all are neighbours of all.
//      A    B    C
// a   0.9  0.8  0.2
// b   0.7  0.6  0.3
// c   0.1  0.4  0.5
const square = candidatesOf(
  [
    [0, 0, 0.9, 1, 1],
    [0, 1, 0.8, 2, 1],
    [0, 2, 0.2, 3, 3],
    [1, 0, 0.7, 1, 2],
    [1, 1, 0.6, 2, 2],
    [1, 2, 0.3, 3, 2],
    [2, 0, 0.1, 3, 3],
    [2, 1, 0.4, 2, 3],
    [2, 2, 0.5, 1, 1],
  ],
  { sources: 3, targets: 3, k: 3 },
);
const scores = Float64Array.from(square.cosine);

function decoysBy(
  retrieval: Retrieval,
  { secondChoice, known }: Pick<ChosenCandidates, "secondChoice" | "known"> = {},
) {
  const { ordered } = selectPairs(square, scores, { retrieval, secondChoice });
  const sample = withDecoys({
    ...{ candidates: square, scores, ordered, retrieval, secondChoice, known },
    margin: "absolute" as Margin,
  });
  const round = (values?: Float64Array) => values && [...values].map((value) => Number(value.toFixed(3)));
  return {
    pairs: [...ordered],
    source: round(sample.decoys.source),
    target: round(sample.decoys.target),
    lonely: sample.lonely,
    known: round(sample.known),
    mutual: sample.mutual && {
      pairs: [...sample.mutual.pairs],
      source: [...sample.mutual.source],
      target: [...sample.mutual.target],
    },
  };
}

test("with max a decoy is the best partner that is chosen by either side and not taken by a better one", (t) => {
  // a–A and c–C are pairs; b chose A, and B chose a: both lost.
  // Without A, a takes B (0.8). Without C, c has B in mind (0.4), which is free, since B has no pair.
  // Without a, A takes b (0.7). Without c, C has b in mind (0.3).
  t.deepEqual(decoysBy("max"), {
    pairs: [0, 8],
    source: [0.8, 0.4],
    target: [0.7, 0.3],
    lonely: { source: 0.5, target: 0.5 },
    known: undefined,
    // B chose a, but not c; b chose A, but not C.
    mutual: { pairs: [1, 1], source: [1, 0], target: [1, 0] },
  });
});

test("a better pair keeps its sentence from becoming a decoy", (t) => {
  // With a second choice b gets B (0.6): without C, c finds B taken by it, and A taken by a better one, too.
  const { pairs, source, mutual } = decoysBy("max", { secondChoice: true });
  t.deepEqual(pairs, [0, 4, 8]);
  t.deepEqual(source, [0.8, Number.NaN, Number.NaN]);
  // b would rather have had A, and B a.
  t.deepEqual(mutual?.pairs, [1, 0, 1]);
});

test("by other retrievals a decoy is a sentence's best partner that chooses it, too", (t) => {
  // Without A, a chooses B, which chose a. Without C, c chooses B, which chose a. Without a, A chooses b, which chose A.
  const { pairs, source, target, lonely } = decoysBy("intersection");
  t.deepEqual(
    [pairs, source],
    [
      [0, 8],
      [0.8, Number.NaN],
    ],
  );
  t.deepEqual(target, [0.7, Number.NaN]);
  t.deepEqual(lonely, { source: 0, target: 0 });
});

test("by other retrievals a pair that is not each other's first choice counts as wrong, unless more is known of it", (t) => {
  // Forward, b chose A, which chose a; backward, B chose a, which chose A.
  const forward = decoysBy("forward");
  t.deepEqual(
    [forward.pairs, forward.known],
    [
      [0, 3, 8],
      [Number.NaN, 0, Number.NaN],
    ],
  );
  const backward = decoysBy("backward");
  t.deepEqual(
    [backward.pairs, backward.known],
    [
      [0, 1, 8],
      [Number.NaN, 0, Number.NaN],
    ],
  );
  t.is(decoysBy("max").known, undefined);
  const known = (candidate: number) => (candidate === 8 ? Number.NaN : 0.25);
  t.deepEqual(decoysBy("forward", { known }).known, [0.25, 0.25, Number.NaN]);
});

test("the mean without a neighbour takes in the next one, as far away as distances go down", (t) => {
  const near = {
    ...{ group: [0, 1, 2, 3, 4], own: new Uint32Array(5) },
    ranks: Uint16Array.of(1, 2, 3, 4, 0),
    cosines: Float32Array.of(0.875, 0.75, 0.5, 0.25, 0.125),
    ownMeans: Float64Array.of(0.59375),
  };
  // Without the first: 0.75, 0.5, 0.25, and the next at 0.25 − 3/4 · 0.25.
  t.is(meanWithout(0, near), (0.75 + 0.5 + 0.25 + 0.0625) / 4);
  t.is(meanWithout(4, near), 0.59375);
});
