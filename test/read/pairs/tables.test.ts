import test from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import { COLUMN_PRESETS } from "../../../src/read/pairs/column-presets.js";
import type { PairInput, ReadPairsOptions } from "../../../src/read/pairs/read-pairs.js";
import { readPairs } from "../../../src/read/pairs/read-pairs.js";
import type { Pair } from "../../../src/types/bitexts.js";
import type { Remark } from "../../../src/wording.js";
import { inChunks, writeFixture } from "../_fixtures.js";

async function read(input: PairInput, options: ReadPairsOptions = {}): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for await (const batch of readPairs(input, options)) pairs.push(...batch);
  return pairs;
}

const csv = (text: string, options: ReadPairsOptions = {}) =>
  read(inChunks(text), { format: "csv", ...options });

const texts = (pairs: readonly Pair[]) => pairs.map(({ source, target }) => [source, target]);

test("a quoted field holds separators, doubled quotes and line breaks, however the bytes arrive", async (t) => {
  const text =
    '"Ja, ""klar"", sagte sie.","Yes, ""sure"",\r\nshe said."\r\nder Fluss,"the\triver"\r\n\r\n"",x\r\n';
  for (const size of [1, 7, 1000]) {
    const pairs = await read(inChunks(text, size), { format: "csv" });
    t.deepEqual(texts(pairs), [
      ['Ja, "klar", sagte sie.', 'Yes, "sure",\nshe said.'],
      ["der Fluss", "the\triver"],
      ["", "x"],
    ]);
    t.deepEqual(
      pairs.map(({ line }) => line),
      [1, 3, 5],
    );
  }
});

test("a header is noticed and told, and columns have names, as in TSV", async (t) => {
  const notes: string[] = [];
  const onNote: ReadPairsOptions["onNote"] = ({ message }) => notes.push(message);
  // As pandas writes it with its index.
  const text = ",score,src,tgt\n0,0.5,Haus,house\n1,0.25,Maus,mouse\n";
  const pairs = await csv(text, { onNote });
  t.deepEqual(texts(pairs), [
    ["Haus", "house"],
    ["Maus", "mouse"],
  ]);
  t.deepEqual(
    pairs.map(({ score }) => score),
    [0.5, 0.25],
  );
  t.regex(notes[0], /the first row is read as a header \(, score, src, tgt\)/);
  t.deepEqual(texts(await csv("a,b,c\nx,y,z\n", { columns: ["c", "a"] })), [["z", "x"]]);
  t.deepEqual(texts(await csv("src,tgt\nx,y\n", { header: "no" })), [
    ["src", "tgt"],
    ["x", "y"],
  ]);
});

test("semicolons separate where the first row has no comma, which is told", async (t) => {
  const notes: string[] = [];
  const pairs = await csv('Haus;"house; home, too"\nMaus;a,b\n', {
    onNote: ({ message }) => notes.push(message),
  });
  t.deepEqual(texts(pairs), [
    ["Haus", "house; home, too"],
    ["Maus", "a,b"],
  ]);
  t.regex(notes.join(), /a semicolon separates/);
});

test("a broken row is an error that names its line", async (t) => {
  await t.throwsAsync(csv('a,b\nc,"d" e\n'), { message: /line 2: has text behind a closing quote/ });
  await t.throwsAsync(csv('a,b\nc,d"e\nf,"g"\n'), { message: /line 2: has a quote in a field/ });
  await t.throwsAsync(csv('a,b\nc,"d\ne,f\n'), { message: /line 2: opens a quote that nothing closes/ });
  await t.throwsAsync(csv("a,b\nc\n"), { message: /line 2: has 1 column/ });
});

test("a broken row costs the line where it begins, not all that follows", async (t) => {
  const good = Array.from({ length: 2000 }, (_, i) => `"s ${i}","t ${i}"\n`).join("");
  const plain = Array.from({ length: 2000 }, (_, i) => `s ${i},t ${i}\n`).join("");
  for (const [rest, bad] of [
    [good, '"never closed,x\n'],
    [plain, '"never closed,x\n'],
    [plain, 'x,"a" b\n'],
    [good, 'a"b,x\n'],
  ]) {
    const skipped: InputError[] = [];
    const pairs = await csv(`a,b\n${bad}${rest}`, {
      onError: "skip",
      onSkip: (error) => skipped.push(error),
    });
    t.is(pairs.length, 2001, bad);
    t.deepEqual(texts(pairs).at(-1), ["s 1999", "t 1999"]);
    t.deepEqual(
      skipped.map(({ place }) => place.line),
      [2],
    );
  }
});

test("a quote that nothing closes is given up after 16 MiB", async (t) => {
  const line = `${"x".repeat(2 ** 20 - 3)},y\n`;
  const skipped: InputError[] = [];
  const pairs = await csv(`a,"b\n${line.repeat(17)}`, {
    onError: "skip",
    onSkip: (error) => skipped.push(error),
  });
  t.is(pairs.length, 17);
  t.is(skipped.length, 1);
  const short = await csv(`a,"b\n${"x,y\n".repeat(200_000)}`, { onError: "skip" });
  t.is(short.length, 200_000);
});

test("a name that ends in .csv is CSV, unless its first row has tabs and no comma", async (t) => {
  t.deepEqual(texts(await read(await writeFixture(t, "a.csv", '"a,b",c\n'))), [["a,b", "c"]]);
  t.deepEqual(texts(await read(await writeFixture(t, "b.csv", 'a "b"\tc\n'))), [['a "b"', "c"]]);
});

async function readRows(rows: readonly string[], options: ReadPairsOptions = {}) {
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
  const { found, lines, notes } = await readRows(["score\tsrc\ttgt", "0.5\tein Haus\ta house"]);
  t.deepEqual(found, [["ein Haus", "a house", 0.5]]);
  t.deepEqual(lines, [2]);
  t.deepEqual(notes, [
    'c.tsv: the first row is read as a header (score, src, tgt). Pass header: "no" if it is a pair.',
  ]);
  t.deepEqual((await readRows(["tgt\tscore\tsrc", "a\t1\tb"])).found, [["b", "a", 1]]);
  t.deepEqual((await readRows(["id\tsource_text\ttarget_text", "7\ta\tb"])).found, [["a", "b"]]);
  t.deepEqual((await readRows(["de\ten\tLASER_similarity", "a\tb\t1.2"])).found, [["a", "b", 1.2]]);
  t.deepEqual((await readRows(["\tSource\tTarget", "0\ta\tb"], { header: "yes" })).found, [["a", "b"]]);
});

test("a header that comes again, as in files that were concatenated, is no pair, and is counted", async (t) => {
  const notes: string[] = [];
  const onNote: ReadPairsOptions["onNote"] = ({ message }) => notes.push(message);
  const one = "score\tsrc\ttgt\n0.5\tHaus\thouse\n";
  const pairs = await read(inChunks(one.repeat(3)), { name: "all.tsv", onNote });
  t.deepEqual(
    pairs.map(({ source, line }) => [source, line]),
    [
      ["Haus", 2],
      ["Haus", 4],
      ["Haus", 6],
    ],
  );
  t.is(notes.at(-1), "all.tsv: left out 2 rows that repeat its header.");
  const named = await csv("a,b\nx,y\na,b\nb,a\n", { columns: ["a", "b"] });
  t.deepEqual(texts(named), [
    ["x", "y"],
    ["b", "a"],
  ]);
  t.is((await csv("src,tgt\nsrc,tgt\n", { header: "no" })).length, 2);
});

test("Bitextor's header gives its texts, and the best of its scores", async (t) => {
  const header = "src_url\ttrg_url\tsrc_text\ttrg_text\taligner_score\tbicleaner_score";
  const row = "http://a.example/de\thttp://a.example/en\tein Haus\ta house\t0.3\t0.9";
  for (const options of [{}, { preset: "bitextor" as const }])
    t.deepEqual((await readRows([header, row], options)).found, [["ein Haus", "a house", 0.9]]);
});

test("a first row of words that is a pair stays one", async (t) => {
  for (const row of [
    "Haus\thouse",
    "source\tQuelle",
    "1\tsource\ttarget words of a text that goes on and on",
    "12\tscore\tErgebnis",
  ])
    t.is((await readRows([row, "1\t2\t3"], { columns: [1, 2] })).lines[0], 1, row);
});

test("two codes of languages alone are told of, and header says which they are", async (t) => {
  const rows = ["de\ten", "Haus\thouse"];
  const { found, notes } = await readRows(rows);
  t.is(found.length, 2);
  t.regex(notes.join(), /first row \(de, en\) may be a header, but is read as a pair\. Pass header: "yes"/);
  const without = await readRows(rows, { header: "yes" });
  t.deepEqual(without.found, [["Haus", "house"]]);
  t.deepEqual(without.notes, []);
  t.is((await readRows(["src\ttgt", "a\tb"], { header: "no" })).found.length, 2);
});

test("columns are taken by name, and names that are not there are an error with those that are", async (t) => {
  const rows = ["x\tdeutsch\tgut\tenglisch", "1\ta\t0.5\tb"];
  t.deepEqual((await readRows(rows, { columns: ["englisch", "deutsch"] })).found, [["b", "a"]]);
  t.deepEqual((await readRows(rows, { columns: ["englisch", "deutsch"], scoreColumn: "gut" })).found, [
    ["b", "a", 0.5],
  ]);
  t.deepEqual((await readRows(rows, { columns: ["englisch", 2], scoreColumn: 3 })).found, [["b", "a", 0.5]]);
  await t.throwsAsync(readRows(rows, { columns: ["english", "deutsch"] }), {
    instanceOf: OptionError,
    message: /c\.tsv has no column "english"; its header names x, deutsch, gut, englisch\./,
  });
  await t.throwsAsync(readRows(rows, { columns: ["a", "b"], header: "no" }), {
    instanceOf: OptionError,
    message: /without a header no column has a name/,
  });
});

const URLS = "https://a.example/de/1\thttps://a.example/en/1";

test("addresses are not taken for texts: the columns that hold texts are named", async (t) => {
  await t.throwsAsync(readRows([`${URLS}\tein Haus\ta house\t0.9`, `${URLS}\tein Hund\ta dog\t0.8`]), {
    instanceOf: InputError,
    message:
      "c.tsv, line 1: columns 1 and 2 were taken for the texts, but hold addresses; columns 3 and 4 look like texts. Name the columns of the texts with columns, or the corpus with preset.",
  });
  await t.throwsAsync(
    readRows(["a.example\thttps://a.example/de\tein Haus\thttps://a.example/en\ta house"]),
    {
      message: /columns 1 and 2 were taken for the texts/,
    },
  );
  t.is((await readRows([`${URLS}\tein Haus\ta house`], { columns: [1, 2] })).found.length, 1);
  t.is((await readRows([`${URLS}\tein Haus\ta house`, "der Hund\tthe dog\tx y\tz"])).found.length, 2);
});

test("two columns of addresses alone are told of", async (t) => {
  const { found, notes } = await readRows([URLS]);
  t.is(found.length, 1);
  t.regex(notes.join(), /its first pairs are addresses, not texts/);
});

test("numbers and codes of languages in place of texts are told of, with the columns that may be meant", async (t) => {
  const told = async (...rows: string[]) => (await readRows(rows)).notes.join("\n");
  t.is(
    await told("\ufeff1276\tLet's try.\t2481\tTentons !", "1277\tI must go.\t3091\tJe dois y aller."),
    "c.tsv: its first targets are numbers, not texts. Columns 2 and 3 were taken for the texts; if columns 2 and 4 hold them, pass columns: [2,4].",
  );
  t.regex(
    await told("1,25\tHello\tHallo"),
    /first sources are numbers.* if columns 2 and 3 hold them, pass columns: \[2,3\]/,
  );
  t.regex(
    await told("1276\teng\tLet's try."),
    /first sources are codes of languages.* name these with columns/,
  );
  t.regex(await told("7\t8\tein Haus\ta house"), /first sources are numbers/);
  t.is(await told("1\t1", "2,5\t2.5"), "");
  t.is(await told("1984\tNineteen Eighty-Four", "das Haus\tthe house"), "");
  t.is(await told("to\tzu, bis"), "");
  t.deepEqual((await readRows(["1,25\tHello\tHallo"], { columns: [1, 2] })).notes, []);
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
  tatoeba: [["1276\tLet's go.\t2481\tAllons-y.", ["Let's go.", "Allons-y."]]],
};

for (const preset of COLUMN_PRESETS)
  test(`the columns of ${preset} are known`, async (t) => {
    for (const [row, found] of ROWS[preset]) t.deepEqual((await readRows([row], { preset })).found, [found]);
  });

test("a preset of another width, or with columns, is an error", async (t) => {
  await t.throwsAsync(readRows(["a\tb"], { preset: "ccaligned" }), {
    message: /line 1: has 2 columns; expected 5, or 3, as ccaligned has\./,
  });
  await t.throwsAsync(readRows(["a\tb"], { preset: "opus", columns: [1, 2] }), { instanceOf: OptionError });
  await t.throwsAsync(readRows(["a\tb"], { preset: "news" as never }), {
    message: /one of bitextor, ccaligned/,
  });
});
