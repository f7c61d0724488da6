import test from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import type { Pair, ReadPairsOptions, Remark } from "../../../src/index.js";
import { COLUMN_PRESETS } from "../../../src/read/pairs/column-presets.js";
import { readPairs } from "../../../src/read/pairs/read-pairs.js";
import { inChunks } from "../_fixtures.js";

async function read(rows: readonly string[], options: ReadPairsOptions = {}) {
  const notes: Remark[] = [];
  const pairs: Pair[] = [];
  const data = rows.map((row) => `${row}\n`).join("");
  const given = { name: "c.tsv", onNote: (note: Remark) => notes.push(note), ...options };
  for await (const batch of readPairs(inChunks(data), given)) pairs.push(...batch);
  return {
    found: pairs.map(({ source, target, score }) =>
      score === undefined ? [source, target] : [source, target, score],
    ),
    lines: pairs.map(({ line }) => line),
    notes: notes.map(({ message }) => message),
  };
}

test("a header is noticed, told, and no pair; it says where texts and score are", async (t) => {
  const { found, lines, notes } = await read(["score\tsrc\ttgt", "0.5\tein Haus\ta house"]);
  t.deepEqual(found, [["ein Haus", "a house", 0.5]]);
  t.deepEqual(lines, [2]);
  t.deepEqual(notes, [
    'c.tsv: the first row is read as a header (score, src, tgt). Pass header: "no" if it is a pair.',
  ]);
  t.deepEqual((await read(["tgt\tscore\tsrc", "a\t1\tb"])).found, [["b", "a", 1]]);
  t.deepEqual((await read(["id\tsource_text\ttarget_text", "7\ta\tb"])).found, [["a", "b"]]);
  t.deepEqual((await read(["de\ten\tLASER_similarity", "a\tb\t1.2"])).found, [["a", "b", 1.2]]);
  t.deepEqual((await read(["\tSource\tTarget", "0\ta\tb"], { header: "yes" })).found, [["a", "b"]]);
});

test("Bitextor's header gives its texts, and the best of its scores", async (t) => {
  const header = "src_url\ttrg_url\tsrc_text\ttrg_text\taligner_score\tbicleaner_score";
  const row = "http://a.example/de\thttp://a.example/en\tein Haus\ta house\t0.3\t0.9";
  for (const options of [{}, { preset: "bitextor" as const }])
    t.deepEqual((await read([header, row], options)).found, [["ein Haus", "a house", 0.9]]);
});

test("a first row of words that is a pair stays one", async (t) => {
  for (const row of [
    "Haus\thouse",
    "source\tQuelle",
    "1\tsource\ttarget words of a text that goes on and on",
    "12\tscore\tErgebnis",
  ])
    t.is((await read([row, "1\t2\t3"], { columns: [1, 2] })).lines[0], 1, row);
});

test("two codes of languages alone are told of, and header says which they are", async (t) => {
  const rows = ["de\ten", "Haus\thouse"];
  const { found, notes } = await read(rows);
  t.is(found.length, 2);
  t.regex(notes.join(), /first row \(de, en\) may be a header, but is read as a pair\. Pass header: "yes"/);
  const without = await read(rows, { header: "yes" });
  t.deepEqual(without.found, [["Haus", "house"]]);
  t.deepEqual(without.notes, []);
  t.is((await read(["src\ttgt", "a\tb"], { header: "no" })).found.length, 2);
});

test("columns are taken by name, and names that are not there are an error with those that are", async (t) => {
  const rows = ["x\tdeutsch\tgut\tenglisch", "1\ta\t0.5\tb"];
  t.deepEqual((await read(rows, { columns: ["englisch", "deutsch"] })).found, [["b", "a"]]);
  t.deepEqual((await read(rows, { columns: ["englisch", "deutsch"], scoreColumn: "gut" })).found, [
    ["b", "a", 0.5],
  ]);
  t.deepEqual((await read(rows, { columns: ["englisch", 2], scoreColumn: 3 })).found, [["b", "a", 0.5]]);
  await t.throwsAsync(read(rows, { columns: ["english", "deutsch"] }), {
    instanceOf: OptionError,
    message: /c\.tsv has no column "english"; its header names x, deutsch, gut, englisch\./,
  });
  await t.throwsAsync(read(rows, { columns: ["a", "b"], header: "no" }), {
    instanceOf: OptionError,
    message: /without a header no column has a name/,
  });
});

const URLS = "https://a.example/de/1\thttps://a.example/en/1";

test("addresses are not taken for texts: the columns that hold texts are named", async (t) => {
  await t.throwsAsync(read([`${URLS}\tein Haus\ta house\t0.9`, `${URLS}\tein Hund\ta dog\t0.8`]), {
    instanceOf: InputError,
    message:
      "c.tsv, line 1: columns 1 and 2 were taken for the texts, but hold addresses; columns 3 and 4 look like texts. Name the columns of the texts with columns, or the corpus with preset.",
  });
  await t.throwsAsync(read(["a.example\thttps://a.example/de\tein Haus\thttps://a.example/en\ta house"]), {
    message: /columns 1 and 2 were taken for the texts/,
  });
  t.is((await read([`${URLS}\tein Haus\ta house`], { columns: [1, 2] })).found.length, 1);
  t.is((await read([`${URLS}\tein Haus\ta house`, "der Hund\tthe dog\tx y\tz"])).found.length, 2);
});

test("two columns of addresses alone are told of", async (t) => {
  const { found, notes } = await read([URLS]);
  t.is(found.length, 1);
  t.regex(notes.join(), /its first pairs are addresses, not texts/);
});

/** Texts alone; those of the aligner; those that bicleaner has scored, and those that were filtered as well. */
const CRAWLED: [row: string, found: (string | number)[]][] = [
  ["a\tb", ["a", "b"]],
  [`${URLS}\ta\tb\t0.25\tc1\tc2`, ["a", "b"]],
  [`${URLS}\ta\tb\tc1\tc2\th\t50\t0.7\twide6`, ["a", "b", 0.7]],
  [`${URLS}\ta\tb\tc1\tc2\th\t50\t0.7\twide6\t1\t1\t1`, ["a", "b", 0.7]],
];

const ROWS: Record<string, [row: string, found: (string | number)[]][]> = {
  bitextor: [[`${URLS}\ta\tb\t0.5\t7\t8`, ["a", "b", 0.5]]],
  ccaligned: [
    ["a.example\thttps://a.example/1\ta\thttps://a.example/2\tb", ["a", "b"]],
    ["a\tb\t1.1", ["a", "b", 1.1]],
  ],
  ccmatrix: [["1.06\ta\tb", ["a", "b", 1.06]]],
  paracrawl: CRAWLED,
  opus: [["a\tb", ["a", "b"]]],
  "hplt-bitext": CRAWLED,
};

for (const preset of COLUMN_PRESETS)
  test(`the columns of ${preset} are known`, async (t) => {
    for (const [row, found] of ROWS[preset]) t.deepEqual((await read([row], { preset })).found, [found]);
  });

test("a preset of another width, or with columns, is an error", async (t) => {
  await t.throwsAsync(read(["a\tb"], { preset: "ccaligned" }), {
    message: /line 1: has 2 columns; expected 5, or 3, as ccaligned has\./,
  });
  await t.throwsAsync(read(["a\tb"], { preset: "opus", columns: [1, 2] }), { instanceOf: OptionError });
  await t.throwsAsync(read(["a\tb"], { preset: "news" as never }), { message: /one of bitextor, ccaligned/ });
});
