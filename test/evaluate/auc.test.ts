import test from "ava";
import { areaUnderCurve } from "../../src/evaluate/auc.js";
import { bootstrapValue } from "../../src/evaluate/bootstrap.js";

test("the area under the ROC curve is the share of positives above negatives, ties half", (t) => {
  // Positives 0.9, 0.5, 0.4; negatives 0.5, 0.1: 0.9 beats both, 0.5 ties and beats, 0.4 loses and beats: 4.5 of 6.
  t.is(areaUnderCurve([0.9, 0.5, 0.5, 0.4, 0.1], [true, true, false, true, false]), 4.5 / 6);
  t.is(areaUnderCurve([3, 2, 1], [true, true, false]), 1);
  t.is(areaUnderCurve([3, 2, 1], [false, false, true]), 0);
  t.is(areaUnderCurve([1, 1, 1, 1], [true, false, true, false]), 0.5);
});

test("scikit-learn's example has its area", (t) => {
  // sklearn.metrics.roc_auc_score([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
  t.is(areaUnderCurve([0.1, 0.4, 0.35, 0.8], [false, false, true, true]), 0.75);
});

test("labels of one kind have no area, and a bootstrap leaves such samples out", (t) => {
  t.true(Number.isNaN(areaUnderCurve([1, 2], [true, true])));
  const [scores, labels] = [
    [1, 2],
    [false, true],
  ];
  const interval = bootstrapValue(2, (sample) =>
    areaUnderCurve(
      sample.map((i) => scores[i]),
      sample.map((i) => labels[i]),
    ),
  );
  t.deepEqual(interval, { low: 1, high: 1 });
});
