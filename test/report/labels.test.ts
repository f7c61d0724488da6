import test from "ava";
import type { ScoreBand } from "../../src/report/model.js";
import { bandName, judged, labelKey, labelsToTsv, precisions } from "../../src/report/page/labels.js";

const pair = (score: number, text: string) => ({
  score,
  source: { text },
  target: { text: text.toUpperCase() },
});
const bands: ScoreBand[] = [
  { from: 1, to: 1.2, pairs: 30, shown: [pair(1.15, "a"), pair(1.1, "b\tc\nd")] },
  { from: 1.2, to: 1.5, pairs: 10, shown: [pair(1.4, "e")] },
];
const [[first, second], [third]] = bands.map(({ shown }) => shown.map(labelKey));
const labels = new Map([
  [first, "right"],
  [second, "wrong"],
  [third, "right"],
] as const);

test("answers are counted by band", (t) => {
  t.deepEqual(judged(bands, labels), [
    { pairs: 30, judged: 2, right: 1 },
    { pairs: 10, judged: 1, right: 1 },
  ]);
  const [low, high] = precisions(judged(bands, labels));
  t.is(low.own?.value, 0.5);
  t.is(low.upwards?.value, 0.625);
  t.is(high.upwards?.value, 1);
});

test("answers are saved as rows with a label and their band, one line each", (t) => {
  t.is(
    labelsToTsv({ bands, decimals: 2 }, labels),
    [
      "score\tsource\ttarget\tlabel\tband\tbandPairs",
      "1.15\ta\tA\t1\tbelow 1.20\t30",
      "1.1\tb c d\tB C D\t0\tbelow 1.20\t30",
      "1.4\te\tE\t1\tfrom 1.20\t10",
      "",
    ].join("\n"),
  );
});

test("a pair without an answer is not saved", (t) => {
  t.is(labelsToTsv({ bands, decimals: 2 }, new Map()).split("\n").length, 2);
});

test("bands have the names of their bounds", (t) => {
  const three = [0, 1, 2].map((from) => ({ from, to: from + 1, pairs: 1, shown: [] }));
  t.deepEqual(
    three.map((_, band) => bandName(three, band, 1)),
    ["below 1.0", "1.0 to 2.0", "from 2.0"],
  );
});
