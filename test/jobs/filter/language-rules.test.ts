import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { InputError, ModelError, OptionError } from "../../../src/errors.js";
import { judge } from "../../../src/filter/chain.js";
import { filterBitext } from "../../../src/jobs/filter/filter.js";
import { defaultConfiguration, openChain } from "../../../src/jobs/filter/open-chain.js";
import { openServices, type ServiceOptions } from "../../../src/jobs/filter/rule-services.js";
import { NEAR_LANGUAGES } from "../../../src/text/near-languages.js";
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
