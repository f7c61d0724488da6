import test from "ava";
import type { InputError } from "../../../src/errors.js";
import type { Pair, PairInput, ReadPairsOptions } from "../../../src/index.js";
import { readPairs } from "../../../src/read/pairs/read-pairs.js";
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
