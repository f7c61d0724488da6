import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { InputError, OptionError } from "../../src/errors.js";
import type { JobEvent } from "../../src/events.js";
import type {
  AlignedPageSentences,
  AlignPagesOptions,
  AlignPagesSummary,
} from "../../src/jobs/align/pages/align-options.js";
import { alignPages } from "../../src/jobs/align/pages/align-pages.js";
import {
  type WritePageAlignmentsOptions,
  writePageAlignments,
} from "../../src/jobs/align/pages/write-page-alignments.js";
import { findAnchors } from "../../src/pages/anchors.js";
import { paragraphOrder } from "../../src/pages/paragraph-order.js";
import type { GivenPage } from "../../src/types/pages.js";
import { killAt } from "../cli/kill-at.js";
import { crisscross } from "../cli/terminal.js";
import { letterEncoder } from "../jobs/letter-encoder.js";
import { temporaryFolder } from "../temporary-folder.js";
import { pageOf, pagesFrom, sentence } from "./letter-pages.js";

const encoder = letterEncoder(64);

/** Other pages, so that there are sentences to compare with. */
const OTHERS = pagesFrom([100, 200, 300]);

async function aligned(
  source: readonly GivenPage[],
  target: readonly GivenPage[],
  options: AlignPagesOptions = {},
): Promise<{ found: AlignedPageSentences[]; summary: AlignPagesSummary }> {
  const found: AlignedPageSentences[] = [];
  let summary: AlignPagesSummary | undefined;
  const onSummary = (counts: AlignPagesSummary) => {
    summary = counts;
  };
  for await (const one of alignPages(source, target, { encoder, onSummary, ...options })) found.push(one);
  return { found, summary: summary! };
}

/** `page:block.sentence` of both sides. */
const placesOf = ({ sourcePage, targetPage, sourcePlaces, targetPlaces }: AlignedPageSentences) =>
  [
    sourcePlaces.map(({ block, sentence: number }) => `${sourcePage!.line}:${block}.${number}`),
    targetPlaces.map(({ block, sentence: number }) => `${targetPage!.line}:${block}.${number}`),
  ].join(" = ");

test("paragraphs that changed places are found, and what one page lacks stands alone", async (t) => {
  const source = [...OTHERS, pageOf([[1, 2], [3, 4, 5], [1006], [7, 8]])];
  const target = [
    pageOf([
      [7, 8],
      [3, 4, 5],
      [20, 21],
      [1, 2],
    ]),
    ...OTHERS,
  ];
  const { found, summary } = await aligned(source, target);
  const ofPage = found.filter(
    ({ sourcePage, targetPage }) => sourcePage?.line === 4 || targetPage?.line === 1,
  );
  t.deepEqual(ofPage.map(placesOf).sort(), [
    " = 1:3.1",
    " = 1:3.2",
    "4:1.1 = 1:4.1",
    "4:1.2 = 1:4.2",
    "4:2.1 = 1:2.1",
    "4:2.2 = 1:2.2",
    "4:2.3 = 1:2.3",
    "4:3.1 = ",
    "4:4.1 = 1:1.1",
    "4:4.2 = 1:1.2",
  ]);
  t.is(summary.pairs, 18 + 7);
  t.is(summary.oneToOne, summary.pairs);
  t.deepEqual(summary.sentences, { source: 26, target: 27 });
  t.deepEqual(summary.alone, { source: 1, target: 2 });
  t.deepEqual([summary.paired.pairs, summary.paired.byUrl], [4, 3]);
});

test("every sentence of every page is given once, those of pages without a partner last", async (t) => {
  const source = [pageOf([[1001, 1002, 1003]]), ...OTHERS, pageOf([[1004], [1005, 1006]])];
  const target = [...OTHERS, pageOf([[1030], [1031, 1032]])];
  const { found, summary } = await aligned(source, target);
  const given = (side: "source" | "target") => found.map((one) => one[side]).filter((text) => text !== "");
  t.deepEqual(given("source").sort(), source.flatMap(({ blocks }) => blocks.flat()).sort());
  t.deepEqual(given("target").sort(), target.flatMap(({ blocks }) => blocks.flat()).sort());
  t.deepEqual(found.slice(-9).map(placesOf), [
    ...["1:1.1", "1:1.2", "1:1.3", "5:1.1", "5:2.1", "5:2.2"].map((place) => `${place} = `),
    ...["4:1.1", "4:2.1", "4:2.2"].map((place) => ` = ${place}`),
  ]);
  t.deepEqual(summary.paired.alone, { source: 2, target: 1 });
  t.deepEqual(summary.alone, { source: 6, target: 3 });
});

test("an alignment below the least score is undone, whatever its pages score", async (t) => {
  const longer = OTHERS.map(({ blocks }) => ({
    blocks: blocks.map((block) => block.map((text) => `${text}x`)),
  }));
  const { found, summary } = await aligned(OTHERS, longer, { minScore: 1 });
  t.deepEqual(
    found.filter(({ source, target }) => source !== "" && target !== ""),
    [],
  );
  t.deepEqual([summary.pairs, summary.below, summary.paired.pairs], [0, 18, 3]);
});

test("sides of a few sentences are aligned as two texts are", async (t) => {
  const target = { blocks: [[`${sentence(1)}xy`], [`${sentence(2)}xy`]] };
  const { found } = await aligned([pageOf([[1], [2]])], [target], { minPageScore: 0 });
  t.deepEqual(found.map(placesOf), ["1:1.1 = 1:1.1", "1:2.1 = 1:2.1"]);
});

test("without any sentence there is nothing to align; without those of one side all of the other stand alone", async (t) => {
  await t.throwsAsync(aligned([pageOf([])], []), {
    instanceOf: InputError,
    message: "source: has no pages with sentences, and neither has target.",
  });
  const { found, summary } = await aligned([pageOf([[1, 2]])], [pageOf([])]);
  t.deepEqual(found.map(placesOf), ["1:1.1 = ", "1:1.2 = "]);
  t.deepEqual(summary.paired.empty, { source: 0, target: 1 });
});

test("a signal ends the work between two pairs of pages", async (t) => {
  const controller = new AbortController();
  const onEvent = ({ kind, ...event }: JobEvent) => {
    if (kind === "progress" && "stage" in event && event.stage === "align pages")
      controller.abort(new Error("enough"));
  };
  await t.throwsAsync(aligned(OTHERS, OTHERS, { signal: controller.signal, onEvent }), { message: "enough" });
});

test("two sentences are anchors if each is the other's best by margin", (t) => {
  const rows = (...vectors: number[][]) => ({
    vectors: Float32Array.from(vectors.flat()),
    dimensions: 2,
    lengths: vectors.map(() => 10),
    pages: vectors.map(() => 1),
  });
  // Cosines 1, 0.6; 0.6, −0.28. Means 0.8 and 0.16 by row, and by column. So margins 0.2, 0.12; 0.12, −0.44.
  const found = findAnchors(rows([1, 0], [0.6, -0.8]), rows([1, 0], [0.6, 0.8]));
  t.deepEqual(
    found.map(({ source, target, margin }) => [source, target, Math.round(margin * 100)]),
    [[0, 0, 20]],
  );
});

test("a paragraph goes where the source has most of what it says, and one without anchors behind the one before", (t) => {
  const ideas = (list: readonly number[]) => ({
    vectors: Float32Array.from(
      list.flatMap((idea) => Array.from({ length: 8 }, (_, d) => (d === idea ? 1 : 0))),
    ),
    dimensions: 8,
    lengths: list.map(() => 10),
    pages: list.map(() => 1),
  });
  // The target's paragraphs: ideas 4 and 5; none that the source has; 0, 1 and 5; 2.
  const order = paragraphOrder(ideas([0, 1, 2, 3, 4, 5]), ideas([4, 5, 6, 0, 1, 7, 2]), [2, 1, 3, 1]);
  t.deepEqual(order, [3, 4, 5, 6, 0, 1, 2]);
});

const [SOURCE, TARGET] = [
  [...OTHERS, pageOf([[1, 2], [3]], { url: "https://a.example/de/x", language: "de" })],
  [
    pageOf(
      [
        [3, 1009],
        [1, 2],
      ],
      { language: "fr" },
    ),
    ...OTHERS,
    pageOf([[1040, 1041]], { url: "https://b.example/" }),
  ],
];

async function written(t: ExecutionContext, output: string, options: WritePageAlignmentsOptions = {}) {
  const folder = temporaryFolder(t);
  const [path, rest] = [join(folder, output), join(folder, "rest")];
  await writePageAlignments(SOURCE, TARGET, path, { encoder, rest, ...options });
  return { text: readFileSync(path, "utf8"), rest: readFileSync(rest, "utf8") };
}

test("TSV has pages, sentences, addresses and the pages' score; the rest tells side, page, address and place", async (t) => {
  const { text, rest } = await written(t, "a.tsv", { header: true });
  const rows = text
    .trimEnd()
    .split("\n")
    .map((row) => row.split("\t"));
  t.deepEqual(rows[0], [
    "score",
    "source",
    "target",
    "cost",
    "sourcePage",
    "targetPage",
    "sourceSentences",
    "targetSentences",
    "sourceUrl",
    "targetUrl",
    "pageScore",
  ]);
  const ofPage = rows.filter((row) => row[4] === "4");
  t.deepEqual(
    ofPage.map((row) => [...row.slice(1, 3), ...row.slice(4, 10)]),
    [
      [1, "1.1", "2.1"],
      [2, "1.2", "2.2"],
      [3, "2.1", "1.1"],
    ].map(([number, ...places]) => [
      sentence(Number(number)),
      sentence(Number(number)),
      "4",
      "1",
      ...places,
      "https://a.example/de/x",
      "",
    ]),
  );
  t.true(ofPage.every((row) => Number(row[10]) > 0.3 && Number(row[0]) > 0.5 && Number(row[3]) < 0.5));
  t.deepEqual(rest.trimEnd().split("\n"), [
    `target\t1\t\t1.2\t${sentence(1009)}`,
    `target\t5\thttps://b.example/\t1.1\t${sentence(1040)}`,
    `target\t5\thttps://b.example/\t1.2\t${sentence(1041)}`,
  ]);
});

test("pages are written as any bitext; formats of lines alone, and choices that there are not, are refused", async (t) => {
  const { text } = await written(t, "a.jsonl");
  const first = JSON.parse(text.split("\n")[0]);
  t.deepEqual(
    [first.source, first.sourcePage, first.sourceUrl, first.sourceSentences],
    [sentence(100), 1, "https://a.example/100", "1.1"],
  );
  const tmx = await written(t, "a.tmx", { languages: ["de", "fr"] });
  t.true(tmx.text.includes('<prop type="x-source-url">https://a.example/100</prop>'));
  const folder = temporaryFolder(t);
  const two = [join(folder, "x.de"), join(folder, "x.fr")] as const;
  await writePageAlignments(SOURCE, TARGET, two, { encoder });
  t.is(readFileSync(two[1], "utf8").trimEnd().split("\n").length, 21);
  for (const format of ["vecalign", "ladder"] as const)
    await t.throwsAsync(writePageAlignments(SOURCE, TARGET, join(folder, "x"), { encoder, format }), {
      instanceOf: OptionError,
      message: /numbers of lines alone.*Write pages as tsv, jsonl, moses or tmx/,
    });
  const wrong: WritePageAlignmentsOptions[] = [{ minScore: 2 }, { maxSentences: 1 }, { minPageScore: 2 }];
  for (const options of wrong)
    await t.throwsAsync(writePageAlignments(SOURCE, TARGET, join(folder, "x"), options), {
      instanceOf: OptionError,
    });
  t.false(existsSync(join(folder, "x")));
});

function writePages(t: ExecutionContext): { folder: string; source: string; target: string } {
  const folder = temporaryFolder(t);
  const write = (name: string, list: readonly GivenPage[]) => {
    const path = join(folder, name);
    writeFileSync(path, list.map((page) => `${JSON.stringify(page)}\n`).join(""));
    return path;
  };
  return { folder, source: write("a.jsonl", SOURCE), target: write("b.jsonl", TARGET) };
}

const ALIGN = ["--pages", "auto", "--encoder", "ngram", "--dimensions", "32", "--min-page-score", "0.2"];

test("the command tells of pages and sentences, and gives the same bytes whatever the threads", async (t) => {
  const { source, target } = writePages(t);
  const [one, two] = [
    await crisscross(["align", source, target, ...ALIGN, "--threads", "1"]),
    await crisscross(["align", source, target, ...ALIGN, "--threads", "2"]),
  ];
  t.is(one.code, 0, one.stderr);
  t.is(one.stdout, two.stdout);
  t.is(one.stdout.trimEnd().split("\n").length, 21);
  t.true(
    one.stderr.includes(
      "21 pairs · 21 of one sentence each · 21 and 24 sentences · 0 and 3 alone\n" +
        "4 pairs of pages · 3 by address, 1 by vector · 4 and 5 pages · 0 and 1 without a partner\n",
    ),
    one.stderr,
  );
});

test("kill -9 while pairs are written, and the same command again: the same bytes, and nothing else is left", async (t) => {
  const { folder, source, target } = writePages(t);
  const argv = ["align", source, target, ...ALIGN, "--quiet", "-o", join(folder, "pairs.tsv")];
  const bytes = () => readFileSync(join(folder, "pairs.tsv"), "utf8");
  t.is((await crisscross(argv)).code, 0);
  const expected = bytes();
  writeFileSync(join(folder, "pairs.tsv"), "before");
  await killAt(t, /\/\.pairs\.tsv.*part$/, argv);
  t.is(bytes(), "before");
  t.is((await crisscross(argv)).code, 0);
  t.is(bytes(), expected);
  t.deepEqual(readdirSync(folder).sort(), ["a.jsonl", "b.jsonl", "pairs.tsv"]);
});

test("options of pages without pages, options of texts with them, and inputs of the other kind are told by name", async (t) => {
  const { folder, source, target } = writePages(t);
  const [text, sentences] = [join(folder, "x.txt"), join(folder, "x.jsonl")];
  writeFileSync(text, "Guten Tag.\n");
  writeFileSync(sentences, '{"text":"Guten Tag."}\n');
  const misnamed = join(folder, "pages.txt");
  writeFileSync(misnamed, readFileSync(source));
  const says: [argv: string[], code: number, message: RegExp][] = [
    [[source, target, "--within", "host"], 2, /--within goes with --pages; .*Pass --pages auto/],
    [[source, target, "--min-page-score", "0.2"], 2, /--min-page-score goes with --pages/],
    [[source, target, "--run", join(folder, "run")], 2, /--run goes with --pages/],
    [[source, target, "--pages", "auto", "--clean"], 2, /--clean removes .*Give --run, or leave --clean out/],
    [[source, target, "--pages", "auto", "--field", "x"], 2, /--field is for texts, but with --pages/],
    [[source, target, "--pages", "url", "--output-format", "ladder"], 2, /ladder has numbers of lines alone/],
    [[source, target], 1, /a\.jsonl, line 1: is a page .*crisscross align --pages auto/],
    [[text, misnamed], 1, /pages\.txt, line 1: is a page in JSON; .*crisscross align --pages auto/],
    [[text, target, "--pages", "auto"], 1, /x\.txt, line 1: is not JSON.*crisscross align without --pages/],
    [[source, sentences, "--pages", "auto"], 1, /is a sentence; expected a page.*--unit page/],
  ];
  for (const [argv, code, message] of says) {
    const outcome = await crisscross(["align", ...argv]);
    t.is(outcome.code, code, outcome.stderr);
    t.regex(outcome.stderr, message);
  }
});
