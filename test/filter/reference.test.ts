import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import test, { type ExecutionContext } from "ava";
import { listRules } from "../../src/filter/list-rules.js";
import { INSTEAD } from "../../src/filter/other-names.js";
import type { Rule } from "../../src/filter/rule.js";
import { RULES } from "../../src/filter/rules.js";
import { readConfiguration } from "../../src/jobs/filter/read-configuration.js";
import { temporaryFolder } from "../temporary-folder.js";
import { corpusPairs } from "./corpus-pairs.js";
import { judgeTexts, openRule } from "./open-rule.js";

interface Reference {
  opusfilter: { rule: string; options: object; values: (number | number[] | string)[]; kept: boolean[] }[];
  bicleaner: { languages: [string, string]; broken: string[][] }[];
}

/** Made by `reference.py` with OpusFilter 3.3.1 and bicleaner-hardrules 2.10.8. */
const reference: Reference = JSON.parse(readFileSync("test/filter/reference.json", "utf8"));
const pairs = readFileSync("test/filter/reference-pairs.tsv", "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => line.split("\t"));

for (const { rule: name, options, values, kept } of reference.opusfilter) {
  test(`${name} ${JSON.stringify(options)} keeps what OpusFilter's keeps, and measures the same`, async (t) => {
    const rule = await openRule(name, options);
    for (const [index, [source, target]] of pairs.entries()) {
      const verdict = judgeTexts(rule, source, target);
      const message = `${source} · ${target}`;
      t.deepEqual(rounded(verdict.value), rounded(values[index]), message);
      t.is(verdict.kept, kept[index], message);
    }
  });
}

for (const { languages, broken } of reference.bicleaner) {
  test(`Bicleaner's rules between ${languages.join(" and ")} reject what they reject there`, async (t) => {
    for (const { name } of RULES.filter(({ origin }) => origin === "Bicleaner hardrules")) {
      const rule = await openRule(name, {}, { languages });
      for (const [index, [source, target]] of pairs.entries()) {
        if (source === "" || target === "") continue;
        t.is(
          !judgeTexts(rule, source, target).kept,
          broken[index].includes(name),
          `${name}: ${source} · ${target}`,
        );
      }
    }
  });
}

/** Where Bicleaner's hard rules are not followed, on purpose, and of which pairs that is true. */
const DIFFERENCES: [rule: string, reason: string, concerns: (text: string) => boolean][] = [
  ["no_identical", "vowel signs are letters", (text) => /(?=\p{Alphabetic})\p{M}/u.test(text)],
  ["no_only_numbers", "digits of every script count", (text) => /(?![0-9])\p{Nd}/u.test(text)],
  ["no_space_noise", "an emoji of several characters is one", (text) => text.includes("👍🏽 ❤️ ")],
  [
    "no_script_inconsistencies",
    "scripts and letters that came after Unicode 6 are known",
    (text) => /[\p{Script=Java}\u1c90-\u1cbf]/u.test(text),
  ],
];

const CORPORA = "../shared/data/parallel";
const testWithCorpora = existsSync(CORPORA) ? test : test.skip;

testWithCorpora(
  "Bicleaner's rules decide 128,000 times as theirs, save where they are meant to differ",
  async (t) => {
    const corpus = (await corpusPairs(CORPORA)).map((pair) =>
      pair.map((one) => one.replaceAll(/[\r\n]/g, " ")),
    );
    const { sha256, broken } = JSON.parse(
      gunzipSync(readFileSync("test/filter/reference-corpus.json.gz")).toString("utf8"),
    ) as { sha256: string; broken: string[] };
    const lines = corpus.map((pair) => `${pair.join("\t")}\n`).join("");
    t.is(
      createHash("sha256").update(lines).digest("hex"),
      sha256,
      "the pairs are not those of the reference",
    );
    const found = new Set<string>();
    let decisions = 0;
    for (const { name } of RULES.filter(({ origin }) => origin === "Bicleaner hardrules")) {
      const rules = new Map<string, Rule>();
      for (const [index, [language, text, english]] of corpus.entries()) {
        const rule = rules.get(language) ?? (await openRule(name, {}, { languages: [language, "en"] }));
        rules.set(language, rule);
        decisions++;
        if (judgeTexts(rule, text, english).kept !== broken[index].split(" ").includes(name)) continue;
        const difference = DIFFERENCES.find(([of, , concerns]) => of === name && concerns(text));
        if (difference) found.add(difference[1]);
        else t.fail(`${name}: ${language} · ${text} · ${english}`);
      }
    }
    t.is(decisions, 128_000);
    t.deepEqual([...found].sort(), DIFFERENCES.map(([, reason]) => reason).sort());
  },
);

/** To six decimals; OpusFilter has a list of one value for rules of both sides. */
function rounded(value: number | readonly number[] | string): string {
  const list = Array.isArray(value) ? value : [value];
  return list
    .map((one) => (one === "inf" ? "Infinity" : Number(one).toFixed(6).replace("-0.000000", "0.000000")))
    .join(" ");
}

/** Made by `opus-filter.py` with OpusFilter 3.3.1. */
const FILTERS: { filter: string; parameters: Record<string, unknown> }[] = JSON.parse(
  readFileSync("test/filter/opus-filter.json", "utf8"),
);
/** What OpusFilter's own default does not let run. */
const REQUIRED: Record<string, unknown> = { regexps: "[0-9]" };
/** Rules, and their options, that say the same by another default. */
const OTHER_DEFAULTS = new Set(["RegExpFilter.regexps"]);

function read(t: ExecutionContext, filters: unknown[]) {
  const path = join(temporaryFolder(t), "filter.yaml");
  writeFileSync(path, JSON.stringify({ languages: ["de", "en"], filters }));
  return readConfiguration(path);
}

test("every filter of OpusFilter is taken, or refused with what does its work", async (t) => {
  for (const { filter } of FILTERS) {
    if (RULES.some(({ name, origin }) => name === filter && origin === "OpusFilter")) continue;
    const error = await t.throwsAsync(() => read(t, [{ [filter]: {} }]), undefined, filter);
    t.regex(error!.message, new RegExp(`there is no rule ${filter}\\. `));
    t.true(INSTEAD.has(filter) && error!.message.includes(INSTEAD.get(filter)!), filter);
  }
  t.deepEqual(
    FILTERS.map(({ filter }) => filter).filter((filter) => INSTEAD.has(filter)),
    [
      "CrossEntropyDifferenceFilter",
      "CrossEntropyFilter",
      "HeliportRawScoreFilter",
      "LMClassifierFilter",
      "WordAlignFilter",
    ],
  );
});

const taken = FILTERS.filter(({ filter }) => !INSTEAD.has(filter));

test("every parameter of a filter that is taken may be given, as OpusFilter has it by default", async (t) => {
  for (const { filter, parameters } of taken) {
    const given = Object.entries(parameters).map(([name, value]) => [name, value ?? REQUIRED[name] ?? null]);
    const { filters } = await read(t, [{ [filter]: Object.fromEntries(given) }]);
    t.is(filters[0].rule, filter);
  }
});

test("a parameter that is not given is what OpusFilter takes by default", (t) => {
  const rules = listRules();
  for (const { filter, parameters } of taken) {
    const options = new Map(rules.find(({ name }) => name === filter)!.options.map((one) => [one.name, one]));
    for (const [name, standard] of Object.entries(parameters)) {
      t.true(options.has(name), `${filter}.${name}`);
      const own = options.get(name)!.default;
      if (standard === null || own === undefined || OTHER_DEFAULTS.has(`${filter}.${name}`)) continue;
      t.deepEqual(own, standard, `${filter}.${name}`);
    }
  }
});

test("a value that no filter can have is refused by the option's name", async (t) => {
  const refused: [object, RegExp][] = [
    [
      { SentenceEmbeddingFilter: { nn_model: "nn.pickle" } },
      /nn_model: is a model of scikit-learn.*ScoreFilter/,
    ],
    [{ SentenceEmbeddingFilter: { chunksize: 0 } }, /chunksize/],
    [
      { HeliportConfidenceFilter: { thresholds: [1.5, 1.5] } },
      /thresholds\.0: is on heliport's scale, .* expected 0/,
    ],
    [{ FastTextFilter: { thresholds: [0.5, 50] } }, /thresholds\.1: expected a share of at most 1/],
    [
      { FastTextFilter: { thresholds: [0.5] } },
      /thresholds: expected a share of at most 1, or a list of two/,
    ],
    [{ SimilarityFilter: { weights: [1, 1] } }, /weights: expected three costs/],
    [{ LanguageIDFilter: { id_method: "franc" } }, /id_method/],
    [{ LinguaFilter: { lingua_mode: "middling" } }, /lingua_mode/],
  ];
  for (const [filter, message] of refused) await t.throwsAsync(() => read(t, [filter]), { message });
});
