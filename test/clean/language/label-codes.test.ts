import test from "ava";
import { codesOfLabels } from "../../../src/clean/language/label-codes.js";

const LABELS: Record<string, string> = {
  __label__de: "de",
  __label__deu_Latn: "de",
  __label__ces: "cs",
  __label__zho_Hans: "zh-Hans",
  __label__zho_Hant: "zh-Hant",
  __label__cmn_Hani: "zh",
  __label__arb_Arab: "ar",
  __label__srp_Cyrl: "sr",
  __label__srp_Latn: "sr-Latn",
  __label__hbs_Latn: "sh",
  __label__uzn_Latn: "uz",
  __label__uzn_Cyrl: "uz-Cyrl",
  __label__nob_Latn: "no",
  __label__nno_Latn: "nn",
  __label__zsm_Latn: "ms",
  __label__swh_Latn: "sw",
  __label__lvs_Latn: "lv",
  __label__ekk_Latn: "et",
  __label__pes_Arab: "fa",
  __label__als_Latn: "sq",
  __label__ace_Arab: "ace-Arab",
  __label__ace_Latn: "ace",
  __label__kor_Hang: "ko",
  __label__jpn_Jpan: "ja",
  // Some are no language, and some models name their classes otherwise.
  "__label__u n k": "u n k",
  other: "other",
  fr: "fr",
};

test("labels are mapped to the shortest codes, with a script where it is not the usual one", (t) => {
  t.deepEqual(codesOfLabels(Object.keys(LABELS)), Object.values(LABELS));
});

test("als is Alemannic beside sq, as in the codes of Wikipedias, and else Albanian", (t) => {
  t.deepEqual(codesOfLabels(["__label__als", "__label__sq"]), ["gsw", "sq"]);
  t.deepEqual(codesOfLabels(["__label__als", "__label__gsw"]), ["sq", "gsw"]);
});
