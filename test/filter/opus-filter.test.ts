import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { listRules } from "../../src/filter/list-rules.js";
import { INSTEAD } from "../../src/filter/other-names.js";
import { RULES } from "../../src/filter/rules.js";
import { readConfiguration } from "../../src/jobs/filter/read-configuration.js";
import { temporaryFolder } from "../temporary-folder.js";

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
