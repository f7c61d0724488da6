import test from "ava";
import { nameOutputs } from "../../../src/jobs/extract/name-outputs.js";

/** The outputs of languages, for a text whose script says nothing. */
const outputs = (languages: string[], codes?: string[]) => {
  const outputOf = nameOutputs(codes);
  return languages.map((language) => outputOf(language, "1"));
};

test("each language has an output of its own where none is asked for", (t) => {
  t.deepEqual(outputs(["de", "zh", "zh-Hans"]), ["de", "zh", "zh-Hans"]);
});

test("Chinese that both scripts write goes along with the one that is asked for, and both with zh", (t) => {
  t.deepEqual(outputs(["zh-Hans", "zh-Hant", "zh", "de"], ["zh-Hant"]), [
    undefined,
    "zh-Hant",
    "zh-Hant",
    undefined,
  ]);
  t.deepEqual(outputs(["zh-Hans", "zh-Hant", "zh"], ["zh"]), ["zh", "zh", "zh"]);
});

test("Chinese that both scripts write goes with the first, where both are asked for", (t) => {
  t.deepEqual(outputs(["zh-Hans", "zh-Hant", "zh"], ["zh-Hans", "zh-Hant"]), [
    "zh-Hans",
    "zh-Hant",
    "zh-Hans",
  ]);
});

test("a language that is asked for by itself has its own output, whatever else covers it", (t) => {
  t.deepEqual(outputs(["zh-Hans", "zh-Hant", "zh"], ["zh", "zh-Hans"]), ["zh-Hans", "zh", "zh"]);
});

test("Serbian goes to the script that it is written in", (t) => {
  const [cyrillic, latin] = ["Мачка спава.", "Mačka spava."];
  const one = nameOutputs(["sr-Latn"]);
  t.deepEqual([one("sr", latin), one("sr", cyrillic), one("hr", latin)], ["sr-Latn", undefined, undefined]);
  const both = nameOutputs(["sr-Cyrl", "sr-Latn"]);
  t.deepEqual([both("sr", latin), both("sr", cyrillic)], ["sr-Latn", "sr-Cyrl"]);
  const rest = nameOutputs(["sr", "sr-Latn"]);
  t.deepEqual([rest("sr", latin), rest("sr", cyrillic)], ["sr-Latn", "sr"]);
});
