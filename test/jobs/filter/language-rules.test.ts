import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { InputError, ModelError, OptionError } from "../../../src/errors.js";
import { judge } from "../../../src/filter/chain.js";
import { filterBitext } from "../../../src/jobs/filter/filter.js";
import { defaultConfiguration, openChain } from "../../../src/jobs/filter/open-chain.js";
import { openServices, type ServiceOptions } from "../../../src/jobs/filter/rule-services.js";
import { NEAR_LANGUAGES } from "../../../src/text/near-languages.js";
import { judgeTexts, openRule } from "../../filter/open-rule.js";
import { readPage } from "../../readmes/find.js";
import { temporaryFolder } from "../../temporary-folder.js";

const MODEL = "test/clean/language/models/softmax-pruned.ftz";
const ENGLISH = "The cat sleeps on the sofa today.";

/** The rule of the default chain that rejects a source beside an English target; undefined if it is kept. */
async function rejects(
  language: string,
  source: string,
  options: Partial<ServiceOptions> = {},
  target = ENGLISH,
): Promise<string | undefined> {
  const services = await openServices({ languages: [language, "en"], input: "test", folder: "", ...options });
  const chain = await openChain(defaultConfiguration(services.languages), services);
  const [rejection] = await judge(chain, [{ source, target, line: 1 }]);
  await services.close();
  return rejection?.by.name;
}

const WRONG = "LanguageFilter";

test("a text in capitals is of the language that it is of in small letters", async (t) => {
  t.is(await rejects("de", "DIE KATZE SCHLÄFT HEUTE AUF DEM SOFA."), undefined);
  t.is(await rejects("tr", "KEDİ BUGÜN KANEPEDE UYUYOR, BİLİYORSUN."), undefined);
  t.is(await rejects("de", "LE CHAT DORT AUJOURD'HUI SUR LE CANAPÉ."), WRONG);
});

test("a text of which the models know nothing may be in any language", async (t) => {
  t.is(await rejects("fr", "Sind Sie sicher?", {}, "Are you sure?"), WRONG);
  t.is(await rejects("de", "Sind Sie sicher?", {}, "Are you sure?"), undefined);
});

test("a text without a letter may be in any language", async (t) => {
  for (const languageModel of [undefined, MODEL]) {
    const services = await openServices({
      languages: ["de", "en"],
      languageModel,
      input: "test",
      folder: "",
    });
    const rule = await openRule(WRONG, {}, services);
    for (const text of ["1 2 3", "2019", "5", "10:30", "???", "...", "🐟", "١٢٣"])
      t.deepEqual(judgeTexts(rule, text, text), { value: [1, 1], kept: true }, text);
    await services.close();
  }
});

test("of a short text, the model that knows its language better decides", async (t) => {
  const swahili = "Mama anakula samaki.";
  t.is(await rejects("sw", swahili, {}, "Mother is eating fish."), undefined);
  t.is(await rejects("it", swahili, {}, "Mother is eating fish."), WRONG);
});

test("near languages are not told apart, and others are", async (t) => {
  const croatian = "Mačka danas spava na kauču u dnevnom boravku.";
  for (const language of ["hr", "bs", "sr", "sh", "cnr", "hrv", "sr-Latn"])
    t.is(await rejects(language, croatian), undefined, language);
  t.is(await rejects("pl", croatian), WRONG);
  const norwegian = "Katten sover på sofaen i stuen i dag, sa hun.";
  for (const language of ["nb", "nn", "da", "nob"])
    t.is(await rejects(language, norwegian), undefined, language);
  t.is(await rejects("de", norwegian), WRONG);
});

test("which languages are near can be changed", async (t) => {
  const croatian = "Mačka danas spava na kauču u dnevnom boravku.";
  t.is(await rejects("pl", croatian, { nearLanguages: [["pol", "hrv", "bs", "sr", "sh", "sl"]] }), undefined);
  const danish = "Katten sover på sofaen i stuen i dag, siger hun.";
  t.is(await rejects("nn", danish), undefined);
  t.is(await rejects("nn", danish, { nearLanguages: [] }), WRONG);
});

test("a language is accepted in each of its scripts, and a code may name one", async (t) => {
  const [cyrillic, latin] = [
    "Мачка данас спава на каучу у дневној соби.",
    "Mačka danas spava na kauču u dnevnoj sobi.",
  ];
  t.is(await rejects("sr", cyrillic), undefined);
  t.is(await rejects("sr", latin), undefined);
  t.is(await rejects("sr-Latn", cyrillic), "CharacterScoreFilter");
  t.is(await rejects("sr-Cyrl", latin), "CharacterScoreFilter");
  for (const language of ["uz", "uz-Latn", "uz-Cyrl"])
    t.is(
      await rejects(language, "Oʻzbekiston Respublikasi hududida joylashgan shaharlar roʻyxati"),
      language === "uz-Cyrl" ? "CharacterScoreFilter" : undefined,
      language,
    );
  t.is(await rejects("de", cyrillic), "CharacterScoreFilter");
});

test("a model of one's own tells languages, as its labels call them", async (t) => {
  const folder = temporaryFolder(t);
  const input = join(folder, "corpus.tsv");
  const german = "Die Eisdecke auf dem Mühlteich ist laut Bauhof noch nicht tragfähig.";
  const english = "The ferry to Larkmoor runs only three times on Sundays.";
  writeFileSync(input, `${german}\t${english}\n${english}\t${german}\n`);
  const kept = async (filters: string, options: { languageModel?: string } = {}) => {
    const configuration = join(folder, "filter.yaml");
    writeFileSync(configuration, `languages: [de, en]\nfilters:\n  - ${filters}\n`);
    const output = join(folder, "kept.tsv");
    await filterBitext(input, output, { configuration, ...options });
    return readFileSync(output, "utf8");
  };
  const expected = `${german}\t${english}\n`;
  const model = join(process.cwd(), MODEL);
  t.is(await kept(`FastTextFilter: { model_path: ${model} }`), expected);
  t.is(await kept(`LanguageFilter: { model: ${model} }`), expected);
  t.is(await kept("LanguageFilter", { languageModel: MODEL }), expected);
  t.is(await kept("LanguageFilter: { near: [[de, en]] }"), `${expected}${english}\t${german}\n`);
  await t.throwsAsync(kept(`LanguageFilter: { model: ${model}, languages: [cs, en] }`), {
    instanceOf: InputError,
    message: /filter\.yaml.*"cs" is not a language that can be identified/,
  });
  await t.throwsAsync(kept("LanguageFilter: { model: corpus.tsv }"), {
    instanceOf: InputError,
    message: /corpus\.tsv: is not a model of fastText/,
  });
  await t.throwsAsync(kept("LanguageFilter", { languageModel: input }), { instanceOf: InputError });
  await t.throwsAsync(
    filterBitext(input, join(folder, "o.tsv"), { languages: ["de", "en"], languageModel: input }),
    {
      instanceOf: ModelError,
    },
  );
  await t.throwsAsync(
    filterBitext(input, join(folder, "o.tsv"), { languages: ["de", "en"], nearLanguages: [["de", "germn"]] }),
    {
      instanceOf: OptionError,
      message: /germn/,
    },
  );
});

test("FastTextFilter takes a text of which the model knows nothing for one of either language, with OpusFilter's score", async (t) => {
  const folder = temporaryFolder(t);
  const input = join(folder, "corpus.tsv");
  writeFileSync(input, "☃ ☃ ☃\t☃ ☃\n");
  const kept = async (threshold: number) => {
    const configuration = join(folder, "filter.yaml");
    writeFileSync(
      configuration,
      `languages: [de, en]\nfilters:\n  - FastTextFilter: { thresholds: ${threshold} }\n`,
    );
    return (await filterBitext(input, join(folder, "kept.tsv"), { configuration })).kept;
  };
  t.is(await kept(0), 1);
  // What Python's fasttext says of an empty line is en, 0.1245.
  t.is(await kept(0.12), 1);
  t.is(await kept(0.13), 0);
});

test("the README lists the groups of near languages", (t) => {
  const page = readPage("src/filter/README.md");
  const listed = /<!-- near -->\n([\s\S]*?)<!-- \/near -->/.exec(page)![1];
  const groups = [...listed.matchAll(/`([^`]+)`/g)].map(([, group]) => group.split(" "));
  t.deepEqual(
    groups,
    NEAR_LANGUAGES.map((group) => [...group]),
  );
});

/** What a rule measures of both sides, and whether it keeps them; and what was told. */
async function judgeBy(rule: string, options: object, source: string, target = ENGLISH) {
  const told: string[] = [];
  const services = await openServices({
    languages: ["de", "en"],
    input: "test",
    folder: "",
    onEvent: (event) => event.kind === "note" && told.push(event.message),
  });
  const opened = await openRule(rule, options, services);
  const { value, kept } = judgeTexts(opened, source, target);
  await services.close();
  return { values: value as readonly [number, number], kept, told };
}

test("a negative threshold accepts any language on its side", async (t) => {
  const french = "Le chat dort aujourd'hui sur le canapé.";
  for (const rule of ["FastTextFilter", "LanguageIDFilter", "LinguaFilter", "HeliportConfidenceFilter"]) {
    t.true((await judgeBy(rule, { thresholds: [-1, 0] }, french)).kept, rule);
    t.false((await judgeBy(rule, { thresholds: [0, -1] }, french)).kept, rule);
    t.false((await judgeBy(rule, { thresholds: null }, french)).kept, rule);
  }
});

test("rules that ask another identifier in OpusFilter say that fastText answers, and FastTextFilter does not", async (t) => {
  const german = "Die Katze schläft heute auf dem Sofa.";
  const answered = await judgeBy("FastTextFilter", {}, german);
  t.deepEqual(answered.told, []);
  const others: [rule: string, options: object, asked: string][] = [
    ["LangidFilter", {}, "langid"],
    ["Cld2Filter", { options: { bestEffort: true } }, "CLD2"],
    ["LinguaFilter", { lingua_mode: "high" }, "lingua"],
    ["LanguageIDFilter", {}, "langid"],
    ["LanguageIDFilter", { id_method: "cld2", cld2_options: {} }, "cld2"],
    ["HeliportProbabilityFilter", { topk: 10 }, "heliport"],
  ];
  for (const [rule, options, asked] of others) {
    const { values, told } = await judgeBy(rule, options, german);
    for (const side of [0, 1]) t.true(Math.abs(values[side] - answered.values[side]) < 1e-3, rule);
    t.is(told.length, 1);
    t.true(
      told[0].startsWith(`${rule}: languages are told by a model of fastText, not by ${asked},`),
      told[0],
    );
  }
  t.deepEqual((await judgeBy("LanguageIDFilter", { id_method: "fasttext" }, german)).told, []);
});

test("langid_languages are all that is thought of, and their probabilities add up to one", async (t) => {
  const norwegian = "Katten sover på sofaen i stuen i dag, sa hun.";
  const two = { langid_languages: ["de", "en"] };
  const { values, kept } = await judgeBy("LinguaFilter", two, ENGLISH);
  t.is(values[0], 0);
  t.true(values[1] > 0.99 && values[1] <= 1);
  t.false(kept);
  t.is((await judgeBy("LangidFilter", {}, norwegian)).values[0], 0);
  const [one, other] = await Promise.all([
    judgeBy("LangidFilter", { ...two, languages: ["de", "de"] }, norwegian, norwegian),
    judgeBy("LangidFilter", { ...two, languages: ["en", "en"] }, norwegian, norwegian),
  ]);
  t.true(Math.max(one.values[0], other.values[0]) >= 0.5);
  t.is(Math.min(one.values[0], other.values[0]), 0);
});

test("a text that is in none of langid_languages may be in any of them", async (t) => {
  const services = await openServices({ languages: ["de", "en"], input: "test", folder: "" });
  const model = await services.openLanguages();
  const openLanguages = async () => ({ ...model, openShares: () => () => [0, 0, 0, 0] });
  const options = { langid_languages: ["de", "en", "fr", "es"] };
  const rule = await openRule("LangidFilter", options, { ...services, openLanguages });
  t.deepEqual(judgeTexts(rule, "Ein Text", "A text"), { value: [1 / 4, 1 / 4], kept: true });
  await services.close();
});

test("HeliportProbabilityFilter measures a language that is not the likeliest, HeliportSimpleFilter 1, 0.5 or 0", async (t) => {
  const french = "Le chat dort aujourd'hui sur le canapé.";
  const { values } = await judgeBy("HeliportProbabilityFilter", {}, french);
  t.true(values[0] > 0 && values[0] < 0.5);
  t.deepEqual((await judgeBy("HeliportSimpleFilter", {}, french)).values, [0, 1]);
  t.deepEqual((await judgeBy("HeliportSimpleFilter", {}, "1 2 3", "")).values, [0.5, 1]);
});

test("an option of another method of LanguageIDFilter is refused, as OpusFilter does", async (t) => {
  const refused: [object, RegExp][] = [
    [{ id_method: "lingua", cld2_options: {} }, /id_method lingua has no cld2_options\. It is for cld2/],
    [{ langid_languages: ["de"], id_method: "cld2" }, /no langid_languages\. It is for langid and lingua/],
    [{ fasttext_model_path: "lid.bin" }, /id_method langid has no fasttext_model_path/],
  ];
  for (const [options, message] of refused)
    await t.throwsAsync(() => judgeBy("LanguageIDFilter", options, ENGLISH), {
      instanceOf: OptionError,
      message,
    });
});
