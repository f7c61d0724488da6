import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import test from "ava";
import { OptionError, OutputError } from "../../../src/errors.js";
import type { OpenPairsOptions, Pair } from "../../../src/index.js";
import { readPairs } from "../../../src/read/pairs/read-pairs.js";
import { openPairs } from "../../../src/write/pairs/open-pairs.js";
import { inChunks } from "../../read/_fixtures.js";
import { temporaryFolder } from "../../temporary-folder.js";

async function written(pairs: readonly Pair[], options: OpenPairsOptions = {}): Promise<string> {
  const stream = new PassThrough();
  const sink = openPairs(stream, options);
  await sink.write(pairs);
  await sink.finish();
  stream.end();
  return text(stream);
}

async function read(data: string, format: "tsv" | "jsonl", columns?: [number, number]): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for await (const batch of readPairs(inChunks(data), { format, columns })) pairs.push(...batch);
  return pairs;
}

const pair: Pair = { source: "die\tMühle", target: "the\nmill", line: 1 };

test("a row of TSV that nobody changed is written as it came", async (t) => {
  for (const rows of ["a\tb\n", "1.5\ta\tb\tmore\n\tc\td\te\n", "url\ta\tb\n"])
    t.is(await written(await read(rows, "tsv")), rows);
});

test("a score goes into its column, or before a row that has none; what is added follows", async (t) => {
  const scored = async (rows: string, columns?: [number, number]) =>
    written(
      (await read(rows, "tsv", columns)).map((one) => ({
        ...one,
        score: 0.25,
        added: { n: 3, x: 0.5, w: "y" },
      })),
    );
  t.is(await scored("1.5\ta\tb\n"), "0.250000\ta\tb\t3\t0.500000\ty\n");
  t.is(await scored("url\ta\tb\n", [2, 3]), "0.250000\turl\ta\tb\t3\t0.500000\ty\n");
});

test("a score that could not be given is empty in TSV and null in JSON lines", async (t) => {
  t.is(await written([{ ...pair, score: Number.NaN }]), "\tdie Mühle\tthe mill\n");
  t.is(
    await written([{ ...pair, score: Number.NaN }], { format: "jsonl" }),
    '{"score":null,"source":"die\\tMühle","target":"the\\nmill"}\n',
  );
});

test("a JSON line keeps its fields and their order, the texts at their paths", async (t) => {
  const line = '{"id":7,"source":"a","meta":{"n":[1,2]},"target":"b","score":0.123456789}\n';
  const pairs = await read(line, "jsonl");
  t.is(await written(pairs, { format: "jsonl" }), line);
  t.is(
    await written([{ ...pairs[0], target: "c", score: 2, added: { reason: "r" } }], { format: "jsonl" }),
    '{"id":7,"source":"a","meta":{"n":[1,2]},"target":"c","score":2,"reason":"r"}\n',
  );
});

test("columns of TSV become fields of JSON lines", async (t) => {
  t.is(
    await written(await read("1\ta\tb\tx\n", "tsv"), { format: "jsonl" }),
    '{"score":1,"source":"a","target":"b","column4":"x"}\n',
  );
});

test("Moses is two files of as many lines, and both appear or none", async (t) => {
  const folder = temporaryFolder(t);
  const names = ["out.de", "out.en"].map((name) => join(folder, name));
  const sink = openPairs([names[0], names[1]]);
  await sink.write([pair, { source: "", target: "b", line: 2 }]);
  t.false(existsSync(names[0]));
  await sink.finish();
  await sink[Symbol.asyncDispose]();
  t.is(readFileSync(names[0], "utf8"), "die Mühle\n\n");
  t.is(readFileSync(names[1], "utf8"), "the mill\nb\n");
});

test("no text of Moses holds what paste or any reader of lines takes for a separator", async (t) => {
  const folder = temporaryFolder(t);
  const names = ["out.de", "out.en"].map((name) => join(folder, name));
  const source = "a\tb\u2028c\u2029d\u0085e\u000bf\u000cg\u001ch\r\ni";
  await using sink = openPairs([names[0], names[1]]);
  await sink.write([{ source, target: "b\u00a0c", line: 1 }]);
  await sink.finish();
  t.is(readFileSync(names[0], "utf8"), "a b c d e f g h i\n");
  t.is(readFileSync(names[1], "utf8"), "b\u00a0c\n");
});

(existsSync("/dev/full") ? test : test.skip)(
  "a side that cannot be written leaves the other without its name",
  async (t) => {
    const folder = temporaryFolder(t);
    const sink = openPairs([join(folder, "out.de"), "/dev/full"]);
    await sink.write([pair]);
    await t.throwsAsync(sink.finish(), { instanceOf: OutputError, message: /disk is full/ });
    await sink[Symbol.asyncDispose]();
    t.deepEqual(readdirSync(folder), []);
  },
);

test("what is not finished leaves no file", async (t) => {
  const folder = temporaryFolder(t);
  const sinks = [openPairs(join(folder, "a.tsv")), openPairs([join(folder, "b.gz"), join(folder, "c")])];
  for (const sink of sinks) {
    await sink.write(Array<Pair>(20_000).fill(pair));
    await sink[Symbol.asyncDispose]();
  }
  t.deepEqual(readdirSync(folder), []);
});

test("a format that does not fit the outputs is wrong usage", (t) => {
  t.throws(() => openPairs("out", { format: "moses" }), { instanceOf: OptionError, message: /two files/ });
  t.throws(() => openPairs(["a", "b"], { format: "tsv" }), { instanceOf: OptionError });
  t.throws(() => openPairs("a", { format: "csv" as never }), { message: /one of tsv, jsonl, moses, tmx/ });
});
