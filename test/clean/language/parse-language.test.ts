import test from "ava";
import { KNOWN_LANGUAGES } from "../../../src/clean/language/known-languages.js";
import { codesOfLabels, knownLanguages } from "../../../src/clean/language/label-codes.js";
import { languageCovers } from "../../../src/clean/language/language-covers.js";
import { parseAnyLanguage, parseLanguage } from "../../../src/clean/language/parse-language.js";
import { OptionError } from "../../../src/errors.js";

const SPELLINGS: Record<string, string[]> = {
  de: ["de", "DE", "deu", "ger", "de-DE", "de_DE", "de-Latn", " de "],
  en: ["en", "eng", "en_US"],
  zh: ["zh", "zho", "chi", "cmn"],
  "zh-Hans": ["zh-Hans", "zh-hans", "zh-CN", "zh_SG", "cmn-Hans"],
  "zh-Hant": ["zh-Hant", "zh-TW", "zh-HK", "zho-Hant-TW"],
  no: ["no", "nor", "nb", "nob", "nb-NO"],
  nn: ["nn", "nno"],
  he: ["he", "heb", "iw"],
  fa: ["fa", "fas", "per", "pes"],
  ar: ["ar", "ara", "arb"],
  arz: ["arz"],
  et: ["et", "est", "ekk"],
  ku: ["ku", "kur", "kmr"],
  sh: ["sh", "hbs"],
  tl: ["tl", "tgl", "fil"],
  gsw: ["gsw"],
  sq: ["sq", "sqi", "alb"],
  bho: ["bho", "bh", "bih"],
  ceb: ["ceb"],
  ilo: ["ilo"],
  cs: ["cs", "ces", "cze"],
  el: ["el", "ell", "gre"],
  nl: ["nl", "nld", "dut"],
  ro: ["ro", "ron", "rum", "mo"],
  sr: ["sr", "srp", "cnr", "sr-RS"],
  "sr-Latn": ["sr-Latn", "srp_Latn", "sr-ME", "SR_latn"],
  "sr-Cyrl": ["sr-Cyrl", "srp-Cyrl"],
  "uz-Latn": ["uz-Latn", "uzn_Latn"],
  "uz-Cyrl": ["uz-Cyrl"],
  "sh-Cyrl": ["sh-Cyrl"],
  "pa-Arab": ["pa-Arab", "pa-PK"],
  ja: ["ja", "jpn_Jpan"],
  ko: ["ko", "kor_Hang", "ko-Kore"],
  sw: ["sw", "swh", "swa", "swh_Latn"],
  lv: ["lv", "lvs", "lav"],
  ms: ["ms", "zsm"],
};

for (const [code, spellings] of Object.entries(SPELLINGS))
  test(`${spellings.join(", ")} are ${code}`, (t) => {
    for (const spelling of spellings) t.is(parseLanguage(spelling), code, spelling);
  });

test("every code that can be identified is understood", (t) => {
  for (const code of KNOWN_LANGUAGES) t.is(parseLanguage(code), code);
});

const UNKNOWN: Record<string, string> = {
  jp: "ja (Japanese)",
  cz: "cs (Czech)",
  UA: "uk (Ukrainian)",
  german: "de (German)",
  Deutsch: "de (German)",
  français: "fr (French)",
  日本語: "ja (Japanese)",
  englisch: "en (English)",
  "traditional chinese": "zh-Hant (Traditional Chinese)",
};

for (const [typed, offered] of Object.entries(UNKNOWN))
  test(`for ${typed}, ${offered} is offered`, (t) => {
    const error = t.throws(() => parseLanguage(typed), { instanceOf: OptionError });
    t.true(error?.message.endsWith(`Did you mean ${offered}?`), error?.message);
  });

test("what is near to no name gets no offer, nor does a code that is near to another", (t) => {
  for (const typed of ["", "xx", "q1", "elvish", "xxr", "mul", "mis", "und", "xx-Cyrl", "zz_ZZ"]) {
    const error = t.throws(() => parseLanguage(typed), { instanceOf: OptionError });
    t.is(error.advice, undefined, typed);
  }
});

test("a region, or a script that a language is not written in, is refused", (t) => {
  for (const [typed, instead] of [
    ["pt-PT", "pt"],
    ["de-Cyrl", "de"],
    ["de-AT", "de"],
  ])
    t.throws(() => parseLanguage(typed), {
      instanceOf: OptionError,
      message: new RegExp(`Say ${instead}\\.$`),
    });
});

test("als, which means two languages, is refused with both", (t) => {
  t.throws(() => parseLanguage("als"), { instanceOf: OptionError, message: /sq or gsw/ });
});

test("zh asks for both scripts, and Chinese that both write is of either", (t) => {
  for (const [wanted, found, covered] of [
    ["de", "de", true],
    ["de", "en", false],
    ["zh", "zh-Hans", true],
    ["zh", "zh-Hant", true],
    ["zh-Hans", "zh", true],
    ["zh-Hans", "zh-Hans", true],
    ["zh-Hans", "zh-Hant", false],
    ["de", "und", false],
    ["sr-Latn", "sr", true],
    ["sr", "sr-Latn", true],
    ["sr-Cyrl", "sr-Latn", false],
  ] as const)
    t.is(languageCovers(wanted, found), covered, `${wanted} ${found}`);
});

test("of a model, those codes are known that its labels have", (t) => {
  const known = knownLanguages({ labels: ["__label__ace_Arab", "__label__ace_Latn", "__label__mni_Beng"] });
  t.is(parseLanguage("ace", known), "ace");
  t.is(parseLanguage("ace-Arab", known), "ace-Arab");
  t.is(parseLanguage("mni", known), "mni");
  t.throws(() => parseLanguage("de", known), { instanceOf: OptionError, message: /not a language that can/ });
});

test("a language that lid.176 does not know is still one", (t) => {
  t.is(parseAnyLanguage("ace"), "ace");
  t.is(parseAnyLanguage("fra"), "fr");
  t.throws(() => parseAnyLanguage("german"), { instanceOf: OptionError, message: /Did you mean de/ });
  t.throws(() => parseAnyLanguage("xx"), { instanceOf: OptionError });
});

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
