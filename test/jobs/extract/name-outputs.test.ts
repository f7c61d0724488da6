import test from "ava";
import { nameOutputs } from "../../../src/jobs/extract/name-outputs.js";

test("each language has an output of its own where none is asked for", (t) => {
  const outputOf = nameOutputs();
  t.deepEqual(["de", "zh", "zh-Hans"].map(outputOf), ["de", "zh", "zh-Hans"]);
});

test("Chinese that both scripts write goes along with the one that is asked for, and both with zh", (t) => {
  t.deepEqual(["zh-Hans", "zh-Hant", "zh", "de"].map(nameOutputs(["zh-Hant"])), [
    undefined,
    "zh-Hant",
    "zh-Hant",
    undefined,
  ]);
  t.deepEqual(["zh-Hans", "zh-Hant", "zh"].map(nameOutputs(["zh"])), ["zh", "zh", "zh"]);
});

test("Chinese that both scripts write goes with the first, where both are asked for", (t) => {
  t.deepEqual(["zh-Hans", "zh-Hant", "zh"].map(nameOutputs(["zh-Hans", "zh-Hant"])), [
    "zh-Hans",
    "zh-Hant",
    "zh-Hans",
  ]);
});

test("a language that is asked for by itself has its own output, whatever else covers it", (t) => {
  t.deepEqual(["zh-Hans", "zh-Hant", "zh"].map(nameOutputs(["zh", "zh-Hans"])), ["zh-Hans", "zh", "zh"]);
});
