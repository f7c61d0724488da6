import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import test from "ava";
import { InputError, OptionError } from "../../src/errors.js";
import type { JobEvent } from "../../src/events.js";
import type {
  PagePair,
  PageSource,
  PairPagesOptions,
  PairPagesSummary,
} from "../../src/jobs/align/pages/options.js";
import { pairPages } from "../../src/jobs/align/pages/pair-pages.js";
import { addressKey } from "../../src/pages/address-key.js";
import { languageMarks } from "../../src/pages/language-marks.js";
import { matchPages } from "../../src/pages/match-pages.js";
import { gatherCandidates, pairKey } from "../../src/pages/page-candidates.js";
import { expectedBest } from "../../src/pages/page-fit.js";
import { randomNumbers } from "../../src/statistics/random-numbers.js";
import type { GivenPage } from "../../src/types/pages.js";
import { letterEncoder } from "../jobs/letter-encoder.js";
import { temporaryFolder } from "../temporary-folder.js";

const encoder = letterEncoder(64);

/** A page of sentences of its own letters: the same seed makes the same page. */
function pageOf(seed: number, more: Partial<GivenPage> = {}): GivenPage {
  const random = randomNumbers(seed);
  const letter = () => String.fromCodePoint(0x2800 + Math.floor(random() * 64));
  const sentence = () => Array.from({ length: 12 }, letter).join("");
  return {
    blocks: [
      [sentence(), sentence()],
      [sentence(), sentence(), sentence()],
    ],
    ...more,
  };
}

async function pair(
  source: PageSource,
  target: PageSource,
  options: PairPagesOptions = {},
): Promise<{ pairs: PagePair[]; summary: PairPagesSummary; told: string[]; skipped: number }> {
  const [pairs, told]: [PagePair[], string[]] = [[], []];
  let summary: PairPagesSummary | undefined;
  let skipped = 0;
  const onEvent = (event: JobEvent) => {
    if (event.kind === "warning" || event.kind === "note") told.push(`${event.kind}: ${event.message}`);
    if (event.kind === "skipped") skipped++;
  };
  const onSummary = (counts: PairPagesSummary) => {
    summary = counts;
  };
  for await (const one of pairPages(source, target, { encoder, onEvent, onSummary, ...options }))
    pairs.push(one);
  return { pairs, summary: summary!, told, skipped };
}

const linesOf = (pairs: readonly PagePair[]) => pairs.map(({ source, target }) => [source.line, target.line]);
const pages = (seeds: readonly number[], more?: Partial<GivenPage>) =>
  seeds.map((seed) => pageOf(seed, more));

test("pages with the same sentences are paired, whatever their order; what has no partner is in no pair", async (t) => {
  const source = pages([1, 2, 3, 4, 5, 6, 7, 8]);
  const reversed = pages([9, 6, 5, 4, 3, 2, 1, 10]).map(({ blocks }) => ({ blocks: [...blocks].reverse() }));
  const { pairs, summary } = await pair(source, reversed);
  t.deepEqual(linesOf(pairs), [
    [1, 7],
    [2, 6],
    [3, 5],
    [4, 4],
    [5, 3],
    [6, 2],
  ]);
  // Not 1: each side's own mean is subtracted.
  t.true(pairs.every(({ score, margin, by }) => score > 0.98 && margin > 0.9 && by === "vector"));
  t.is(summary.pairs, 6);
  t.deepEqual(summary.pages, { source: 8, target: 8 });
});

test("one page a side is paired, too, and a page that differs is not", async (t) => {
  t.deepEqual(linesOf((await pair([pageOf(1)], [pageOf(1)])).pairs), [[1, 1]]);
  t.deepEqual(linesOf((await pair(pages([1, 2, 3, 4]), pages([11, 12, 13, 14]))).pairs), []);
});

test("of a page and a copy that says other things in part, the page is taken", async (t) => {
  const [page, other] = pages([1, 2]);
  const copy = { blocks: [page.blocks[0], other.blocks[1]] };
  const { pairs } = await pair(pages([1, 3, 4]), [copy, ...pages([5, 1, 6])]);
  t.deepEqual(linesOf(pairs), [[1, 3]]);
});

test("by address alone pages are compared whose addresses differ in languages, or that link to each other", async (t) => {
  const source = [
    pageOf(1, { url: "https://a.example/de/one.html", language: "de" }),
    pageOf(2, { url: "https://a.example/zwei", language: "de", hreflang: { en: "/two" } }),
    pageOf(3, { url: "https://a.example/de/three", language: "de" }),
    pageOf(4, { language: "de" }),
  ];
  const target = [
    pageOf(2, { url: "https://a.example/two", language: "en" }),
    pageOf(1, { url: "https://a.example/en/one.html", language: "en" }),
    pageOf(3, { url: "https://b.example/elsewhere", language: "en" }),
  ];
  const byAddress = await pair(source, target, { pages: "url" });
  t.deepEqual(linesOf(byAddress.pairs), [
    [1, 2],
    [2, 1],
  ]);
  t.is(byAddress.summary.candidates, 2);
  t.deepEqual(byAddress.told, ["warning: source: 1 of 4 pages have no address, and cannot be paired by it."]);
  const both = await pair(source, target);
  t.deepEqual(
    both.pairs.map(({ by }) => by),
    ["url", "url", "vector"],
  );
  const within = await pair(source, target, { within: "host" });
  t.deepEqual(linesOf(within.pairs), linesOf(byAddress.pairs));
});

test("an address whose pages say other things makes no pair", async (t) => {
  const source = [pageOf(1, { url: "https://a.example/de/one", language: "de" }), ...pages([3, 4, 5])];
  const target = [pageOf(2, { url: "https://a.example/en/one", language: "en" }), ...pages([6, 7, 8])];
  const { pairs, summary } = await pair(source, target, { pages: "url" });
  t.is(summary.candidates, 1);
  t.deepEqual(pairs, []);
  t.is((await pair(source, target, { pages: "url", minPageScore: 0 })).pairs[0].by, "url");
});

test("files, bytes, streams and iterables give the same pairs", async (t) => {
  const folder = temporaryFolder(t);
  const write = (name: string, list: readonly GivenPage[]) => {
    const path = join(folder, name);
    writeFileSync(path, list.map((page) => `${JSON.stringify(page)}\n`).join(""));
    return path;
  };
  const [left, right] = [pages([1, 2, 3, 4, 5]), pages([5, 4, 9, 2, 1])];
  const expected = (await pair(left, right)).pairs;
  t.true(expected.length >= 4);
  const [a, b] = [write("a.jsonl", left), write("b.jsonl", right)];
  t.deepEqual((await pair(a, b)).pairs, expected);
  const bytes = Buffer.from(right.map((page) => JSON.stringify(page)).join("\n"));
  const later = async function* () {
    yield* left;
  };
  t.deepEqual((await pair(later(), bytes)).pairs, expected);
  t.is((await pair(Readable.from([bytes]), left)).pairs.length, expected.length);
});

test("a side without pages is told, and there are no pairs", async (t) => {
  const { pairs, summary, told } = await pair(pages([1]), []);
  t.deepEqual(pairs, []);
  t.deepEqual(summary.pages, { source: 1, target: 0 });
  t.deepEqual(told, ["warning: target: has no pages that can be paired; there are no pairs."]);
});

test("pages without sentences, and those with too many, are counted and left out", async (t) => {
  const long = { blocks: [Array.from({ length: 10_001 }, (_, i) => `${i}`)] };
  const { pairs, summary, told } = await pair([{ blocks: [[" "], []] }, long, pageOf(1)], pages([1]));
  t.deepEqual(linesOf(pairs), [[3, 1]]);
  t.deepEqual(summary.empty, { source: 1, target: 0 });
  t.deepEqual(summary.tooLong, { source: 1, target: 0 });
  t.deepEqual(told, [
    "note: source: 1 page has no sentences, and cannot be paired.",
    "warning: source: 1 page has more than 10000 sentences, and cannot be paired. Align such texts by themselves.",
  ]);
});

test("what is no page is refused with its place and what to do, or left out", async (t) => {
  const sentences = Buffer.from('{"text":"Eins."}\n');
  await t.throwsAsync(pair(sentences, pages([1])), {
    instanceOf: InputError,
    message: /source.*line 1.*is a sentence; expected a page.*--unit page/s,
  });
  const bad = [{ blocks: "one" } as unknown as GivenPage, pageOf(1)];
  await t.throwsAsync(pair(bad, pages([1])), { instanceOf: InputError, message: /line 1.*"blocks"/s });
  const { pairs, skipped } = await pair(bad, pages([1]), { read: { onError: "skip" } });
  t.deepEqual(linesOf(pairs), [[2, 1]]);
  t.is(skipped, 1);
  await t.throwsAsync(pair("no/such/file.jsonl", []), { instanceOf: InputError });
});

test("two sides that seem to be of one language are told", async (t) => {
  const text = "This sentence is written in English, and there is nothing else in it that could be read.";
  const { told } = await pair([{ blocks: [[text, text]] }], [{ blocks: [[text]] }]);
  t.regex(told[0], /^warning: source and target both seem to be in one language \(en/);
});

test("choices that there are not are refused, and a signal ends the work", async (t) => {
  const wrong: PairPagesOptions[] = [
    { pages: "none" as never },
    { within: "path" as never },
    { minPageScore: 2 },
  ];
  for (const options of wrong) await t.throwsAsync(pair([], [], options), { instanceOf: OptionError });
  const signal = AbortSignal.abort(new Error("enough"));
  await t.throwsAsync(pair(pages([1]), pages([1]), { signal }), { message: "enough" });
});

test("an address without marks of languages is that of its page in another", (t) => {
  const marks = languageMarks(["de", "en", "x-default", "zh_Hans", "no code"]);
  const key = (address: string) => addressKey(address, marks)?.page;
  for (const [de, en] of [
    ["https://a.example/de/page", "http://www.a.example/en/page"],
    ["https://de.a.example/page", "https://a.example/page"],
    ["https://a.de/page", "https://a.com/page"],
    ["https://a.example/page_de.html", "https://a.example/page_en.html"],
    ["https://a.example/page?lang=de&x=1", "https://a.example/page?x=1&lang=en"],
    ["https://a.example/deutsch/page", "https://a.example/english/page"],
    ["https://a.example/de-AT/", "https://a.example/en/index.html"],
  ])
    t.is(key(de), key(en), de);
  t.not(key("https://a.example/de/page"), key("https://a.example/en/pages"));
  t.not(key("https://a.example/page?x=1"), key("https://a.example/page?x=2"));
  t.is(key("no address"), undefined);
});

/** Candidates in the order of the source, each with its score. */
function matchScored(rows: readonly [source: number, target: number, score: number][], minScore?: number) {
  const column = (number: number) => rows.map((row) => row[number]);
  const [source, target] = [Uint32Array.from(column(0)), Uint32Array.from(column(1))];
  const candidates = { length: rows.length, source, target, byUrl: new Uint8Array(rows.length) };
  return matchPages(candidates, Float64Array.from(column(2)), minScore);
}

test("pairs that addresses and vectors bring together are taken once, in the order of the source", (t) => {
  const key = (source: number, target: number) => pairKey(source, target, 5);
  const { source, target, byUrl } = gatherCandidates(
    [key(2, 1), key(0, 4), key(2, 1)],
    [key(2, 1), key(1, 0), key(0, 3), key(1, 0)],
    5,
  );
  t.deepEqual(
    Array.from(source, (page, i) => [page, target[i], byUrl[i]]),
    [
      [0, 3, 0],
      [0, 4, 1],
      [1, 0, 0],
      [2, 1, 1],
    ],
  );
});

test("pairs are taken by margin, each page once", (t) => {
  const found = matchScored(
    [
      [0, 0, 0.9],
      [0, 1, 0.8],
      [1, 1, 0.7],
      [2, 2, 0.2],
    ],
    0.3,
  );
  const rounded = found.map(({ source, target, margin }) => [source, target, Math.round(margin * 100)]);
  // 0.9 − (0.8 + 0) / 2; 0.7 − (0 + 0.8) / 2.
  t.deepEqual(rounded, [
    [0, 0, 50],
    [1, 1, 30],
  ]);
});

test("a low score makes a pair by its margin to three others of both pages, unless a least score is given", (t) => {
  const found = (score: number, { others, minScore }: { others: number[]; minScore?: number }) =>
    matchScored(
      [
        [0, 0, score],
        ...others.map((other, i): [number, number, number] => [0, i + 1, other]),
        ...others.map((other, i): [number, number, number] => [i + 1, 0, other]),
      ],
      minScore,
    ).some(({ source, target }) => source === 0 && target === 0);
  // Margins 0.12 − 0.06, and 0.12 − 0.08.
  t.true(found(0.12, { others: [0.06, 0.02, 0] }));
  t.false(found(0.12, { others: [0.08, 0.02, 0] }));
  t.false(found(0.12, { others: [0.06, 0.02] }));
  t.false(found(0.09, { others: [0, 0, 0] }));
  t.true(found(0.09, { others: [], minScore: 0.05 }));
  t.false(found(0.12, { others: [0, 0, 0], minScore: 0.2 }));
});

test("the best of two draws of two values is the higher one three times of four", (t) => {
  t.is(expectedBest(Float32Array.of(0, 1), 2), 0.75);
  t.is(expectedBest(new Float32Array(), 2), 0);
});
