/**
 * What the default chain of `filter` keeps of the good pairs of tatoeba/, as they are and in capitals, and what it catches
 * of pairs whose source is in another language: of each language that the built-in encoder was trained on, and of English.
 *
 *     node dist/test/bench/language-filter.js [--languages de,hr] [--rules] [--mistaken]
 *
 * `--rules` tells which rule rejects how many good pairs, `--mistaken` for which languages each one is taken.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openLanguages } from "../../src/clean/language/open-languages.js";
import { parseLanguage } from "../../src/clean/language/parse-language.js";
import { judge } from "../../src/filter/chain.js";
import { defaultConfiguration, openChain } from "../../src/jobs/filter/open-chain.js";
import { openServices, type RuleServices } from "../../src/jobs/filter/rule-services.js";
import { nearTo } from "../../src/text/near-languages.js";
import type { Pair } from "../../src/types/bitexts.js";
import { formatLanguageTable, LANGUAGE_RESULTS, type LanguageRow } from "./language-table.js";
import { sharedPath } from "./shared.js";

const NAMES =
  `ara ben bul cat ces cmn dan deu ell epo est eus fin fra glg heb hin hrv hun ind isl ita jpn kat kor lit lvs mal mar mkd
  nld nob pes pol por ron rus slk slv spa srp swe swh tam tel tha tur ukr urd vie`.split(/\s+/);

/** One of so many sentences of another language is noise. */
const EVERY = 5;

const { values: flags } = parseArgs({
  options: {
    languages: { type: "string" },
    rules: { type: "boolean" },
    mistaken: { type: "boolean" },
  },
});
const asked = flags.languages?.split(",").map((code) => parseLanguage(code));
const folder = sharedPath("data/tatoeba");

const corpora = new Map<string, Pair[]>();
for (const name of NAMES) corpora.set(parseLanguage(name), readCorpus(name));

if (flags.mistaken) await printMistaken();
else await measure();

async function measure(): Promise<void> {
  const rows: LanguageRow[] = [];
  for (const [language, pairs] of corpora) {
    if (asked && !asked.includes(language)) continue;
    const services = await openServices({ languages: [language, "en"], input: language, folder: "" });
    const { share: kept, rejected } = await keptOf(services, pairs);
    const { share: capitals } = await keptOf(services, pairs.map(inCapitals));
    const least = { language: "", caught: 1 };
    let [caught, others] = [0, 0];
    for (const [other, foreign] of noiseFor(language, pairs)) {
      const share = 1 - (await keptOf(services, foreign)).share;
      if (share < least.caught) Object.assign(least, { language: other, caught: share });
      caught += share;
      others++;
    }
    await services.close();
    rows.push({ language, pairs: pairs.length, kept, capitals, caught: caught / others, least });
    if (flags.rules) console.log(language, rejected);
  }
  const round = (_: string, value: unknown) => (typeof value === "number" ? Number(value.toFixed(4)) : value);
  if (!asked) writeFileSync(LANGUAGE_RESULTS, `${JSON.stringify({ rows }, round, 2)}\n`);
  console.log(formatLanguageTable({ rows }));
}

/** The pairs of a language, each with a source in another language that is not near, or in English. */
function* noiseFor(language: string, pairs: readonly Pair[]): Generator<[string, Pair[]]> {
  const near = nearTo(language);
  for (const [other, foreign] of corpora) {
    if (near.has(other)) continue;
    yield [other, pairs.flatMap((pair, i) => replaced(pair, foreign[i]?.source, i))];
  }
  // The English of another row: that of its own would be a copy.
  yield ["en", pairs.flatMap((pair, i) => replaced(pair, pairs[(i + 1) % pairs.length].target, i))];
}

function replaced(pair: Pair, source: string | undefined, i: number): Pair[] {
  return source !== undefined && i % EVERY === 0 ? [{ ...pair, source }] : [];
}

async function keptOf(services: RuleServices, pairs: readonly Pair[]) {
  // A chain remembers what it has kept.
  const chain = await openChain(defaultConfiguration(services.languages), services);
  const rejections = await judge(chain, pairs);
  const rejected: Record<string, number> = {};
  for (const rejection of rejections)
    if (rejection) rejected[rejection.by.name] = (rejected[rejection.by.name] ?? 0) + 1;
  const count = rejections.filter((rejection) => rejection === undefined).length;
  return { share: count / pairs.length, rejected };
}

function inCapitals({ source, target, line }: Pair): Pair {
  return { source: source.toUpperCase(), target: target.toUpperCase(), line };
}

function readCorpus(name: string): Pair[] {
  const [sources, targets] = [name, "eng"].map((side) =>
    readFileSync(join(folder, `tatoeba.${name}-eng.${side}`), "utf8")
      .trimEnd()
      .split("\n"),
  );
  return sources.map((source, i) => ({ source, target: targets[i], line: i + 1 }));
}

/** Of each language's sentences, for which others most of them are taken. */
async function printMistaken(): Promise<void> {
  const { known, openLikeness } = await openLanguages();
  for (const [language, pairs] of corpora) {
    if (asked && !asked.includes(language)) continue;
    const counts: [string, number][] = [];
    for (const other of known) {
      if (other === language || other.includes("-")) continue;
      const than = openLikeness(language, new Set([...known].filter((code) => code !== other)));
      const taken = pairs.filter(({ source }) => (than(source) ?? 1) < 0.5).length;
      if (taken > 0) counts.push([other, taken / pairs.length]);
    }
    const told = counts
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, 8)
      .map(([other, share]) => `${other} ${(100 * share).toFixed(1)} %`);
    console.log(language, told.join(" · "));
  }
}
