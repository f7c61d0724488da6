import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import test from "ava";
import { OptionError, OutputError } from "../../../src/errors.js";
import { readPairs } from "../../../src/read/pairs/read-pairs.js";
import type { Pair } from "../../../src/types/bitexts.js";
import type { OpenPairsOptions } from "../../../src/write/pairs/open-pairs.js";
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

test("below their names stands what was added of each pair, whatever the order and whoever lacks it", async (t) => {
  const notes: string[] = [];
  const onNote: OpenPairsOptions["onNote"] = ({ message }) => notes.push(message);
  const added: Pair["added"][] = [
    { x: "1", y: "2" },
    { y: "4", x: "3" },
    { y: "6", z: "7" },
  ];
  const pairs = added.map((one): Pair => ({ source: "a", target: "b", line: 1, added: one }));
  t.is(
    await written(pairs, { header: true, onNote }),
    "source\ttarget\tx\ty\na\tb\t1\t2\na\tb\t3\t4\na\tb\t\t6\n",
  );
  t.regex(notes.join(), /^1 pair has fields that the first pair lacks.*left out z\./);
});

test("a score that was read keeps its digits in every format, and another has six decimals", async (t) => {
  const line = (score: string) => `{"score":${score},"source":"a","target":"b"}\n`;
  const row = (score: string) => `${score}\ta\tb\n`;
  for (const score of ["0.123456789", "3.4e-9"]) {
    const [fromRow] = await read(row(score), "tsv");
    t.is(await written([fromRow], { format: "jsonl" }), line(score));
    const [fromLine] = await read(line(score), "jsonl");
    t.is(await written([fromLine]), row(score));
    const [fromUnit] = await reread(await written([fromLine], { format: "tmx", languages: ["de", "en"] }));
    t.is(await written([fromUnit]), row(score));
    t.regex(await written([{ ...fromLine, score: 0.987654321 }]), /^0\.987654\t/);
    t.regex(await written([{ ...fromRow, score: 0.987654321 }], { format: "jsonl" }), /"score":0\.987654,/);
  }
});

test("rows have a cell for a score where the first pair has one, be it null; else scores are left out and told", async (t) => {
  const line = (score: string) => `{"source":"a b","target":"c"${score}}\n`;
  const [none, unknown, half] = ["", ',"score":null', ',"score":0.5'].map(line);
  const [rowOfNone, rowOfHalf] = ["\ta b\tc\n", "0.500000\ta b\tc\n"];
  const notes: string[] = [];
  const write = async (lines: string, header?: boolean) =>
    written(await read(lines, "jsonl"), { header, onNote: ({ message }) => notes.push(message) });

  t.is(await write(half + none + unknown), rowOfHalf + rowOfNone + rowOfNone);
  const rows = await write(unknown + half + none, true);
  t.is(rows, `score\tsource\ttarget\n${rowOfNone}${rowOfHalf}${rowOfNone}`);
  t.deepEqual(
    (await read(rows, "tsv")).map(({ score }) => score),
    [undefined, 0.5, undefined],
  );
  t.deepEqual(notes, []);

  t.is(await write(none + half + unknown), "a b\tc\n".repeat(3));
  t.is(await write(none + half, true), "source\ttarget\na b\tc\na b\tc\n");
  t.is(notes.length, 2);
  for (const note of notes) t.regex(note, /^1 pair has fields that the first pair lacks.*left out score\./);
});

test("what is added has its column without a header, too", async (t) => {
  const notes: string[] = [];
  const pairs = [{ x: 1, y: 2 }, { y: 3 }, { y: 4, x: 5, z: 6 }].map((added) => ({ ...pair, added }) as Pair);
  t.is(
    await written(pairs, { onNote: ({ message }) => notes.push(message) }),
    ["\t1\t2\n", "\t\t3\n", "\t5\t4\n"].map((end) => `die Mühle\tthe mill${end}`).join(""),
  );
  t.regex(notes.join(), /^1 pair has fields.*left out z\./);
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

test("what is complete is whole without its name, and finished as it is", async (t) => {
  const folder = temporaryFolder(t);
  for (const format of ["tsv", "jsonl", "tmx"] as const) {
    const path = join(folder, `a.${format}`);
    await using sink = openPairs(path, { languages: ["de", "en"] });
    await sink.write([pair]);
    await sink.complete();
    t.false(existsSync(path));
    await sink.finish();
    t.is(readFileSync(path, "utf8"), await written([pair], { format, languages: ["de", "en"] }));
  }
});

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

async function jsonLines(pairs: readonly Pair[], options: OpenPairsOptions = {}): Promise<string> {
  const stream = new PassThrough();
  const sink = openPairs(stream, { format: "jsonl", ...options });
  await sink.write(pairs);
  await sink.finish();
  stream.end();
  return text(stream);
}

async function readLine(line: string, scoreField?: string): Promise<Pair> {
  for await (const [pair] of readPairs(inChunks(line), { format: "jsonl", scoreField })) return pair;
  throw new Error("no pair");
}

test("a JSON line that nobody changed is written character for character", async (t) => {
  for (const line of [
    '{"id":9007199254740993,"source":"a","target":"b"}',
    '{"id": -18446744073709551615, "source": "a", "target": "b"}',
    '{"big":1e400,"source":"a","target":"b","one":1.0,"zero":-0,"tenth":0.1000000000000000055511151231257827}',
    '  {"2":"two","1":"one","source":"\\u00e9\\/","target":"b","twice":1,"twice":2}\t',
    '{"score":0.50,"source":"a","target":"b"}',
  ])
    t.is(await jsonLines([await readLine(line)]), `${line}\n`);
});

test("what a job changes or adds leaves all digits of the rest", async (t) => {
  const pair = await readLine('{"id": 9007199254740993, "score": 0.50, "source":"a","target":"b" }');
  t.is(
    await jsonLines([{ ...pair, score: 0.25, target: 'b"', added: { cosine: 0.1234567, n: 3, id: "c" } }]),
    '{"id": "c", "score": 0.25, "source":"a","target":"b\\"" ,"cosine":0.123457,"n":3}\n',
  );
  t.is(
    await jsonLines([{ ...pair, score: Number.NaN }]),
    '{"id": 9007199254740993, "score": null, "source":"a","target":"b" }\n',
  );
});

test("a score at a path is put there, and its neighbours keep their digits", async (t) => {
  const scored = async (meta: string, scoreField = "meta.score") => {
    const pair = await readLine(`{"source":"a","target":"b"${meta}}`, scoreField);
    return jsonLines([{ ...pair, score: 2, added: { meta2: "x" } }]);
  };
  const line = (meta: string) => `{"source":"a","target":"b"${meta},"meta2":"x"}\n`;
  const long = "9007199254740993";
  t.is(await scored(`,"meta":{"score":1,"id":${long}}`), line(`,"meta":{"score":2,"id":${long}}`));
  t.is(await scored(`,"meta":{"id":${long}}`), line(`,"meta":{"id":${long},"score":2}`));
  t.is(await scored(',"meta":{ }'), line(',"meta":{ "score":2}'));
  t.is(await scored(""), line(',"meta":{"score":2}'));
  t.is(await scored(`,"n":[${long},{}]`, "n.1.score"), line(`,"n":[${long},{"score":2}]`));
  t.is(
    await scored(',"meta":{"score":0},"meta":{"score":1}'),
    line(',"meta":{"score":0},"meta":{"score":2}'),
  );
  await t.throwsAsync(scored(',"meta":[1]'), {
    instanceOf: OptionError,
    message: '"meta.score" cannot be written: "meta" is not an object but array. Name another field.',
  });
});

test("numbers of a JSON line become properties of TMX with all their digits", async (t) => {
  const pair = await readLine(
    '{"id":9007199254740993,"n":7,"in":{"id": 9007199254740993},"source":"a","target":"b"}',
  );
  const document = await jsonLines([pair], { format: "tmx", languages: ["de", "en"] });
  t.deepEqual(
    [...document.matchAll(/<prop type="(.*)">(.*)<\/prop>/g)].map(([, type, value]) => [type, value]),
    [
      ["x-id", "9007199254740993"],
      ["x-n", "7"],
      ["x-in", '{"id": 9007199254740993}'],
    ],
  );
});

async function reread(document: string): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for await (const batch of readPairs(inChunks(document), { format: "tmx" })) pairs.push(...batch);
  return pairs;
}

const DOCUMENT = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
  <header creationtool="t" creationtoolversion="2" segtype="phrase" o-tmf="t" adminlang="en" srclang="de" datatype="html" creationid="ann">
    <prop type="project">Mühle &amp; Fluss</prop>
    <note xml:lang="en">a note</note>
  </header>
  <body>
    <tu tuid="1" usagecount="3">
      <note>first</note>
      <prop type="x-domain">mills</prop>
      <prop type="x-domain">rivers</prop>
      <tuv xml:lang="de-DE" changedate="20240101T000000Z">
        <prop type="q">w</prop>
        <seg>Die <bpt i="1" type="bold">&lt;b&gt;</bpt>Mühle<ept i="1">&lt;/b&gt;</ept><ph assoc="p" x="1">{0<sub>in</sub>}</ph>.</seg>
      </tuv>
      <tuv xml:lang="en">
        <seg>The mill.</seg>
      </tuv>
    </tu>
    <tu>
      <tuv xml:lang="de">
        <seg></seg>
      </tuv>
      <tuv xml:lang="en-GB">
        <seg>a &lt; b</seg>
      </tuv>
    </tu>
  </body>
</tmx>
`;

test("a document that was read is written byte for byte", async (t) => {
  t.is(await written(await reread(DOCUMENT), { format: "tmx" }), DOCUMENT);
});

test("a header's characters of one's own are left out, and all else is kept", async (t) => {
  const ude = '    <ude name="n" base="iso-8859-1"><map unicode="#xF8FF" code="#xF0"/></ude>\n';
  const document = DOCUMENT.replace("    <note xml", `${ude}    <note xml`);
  t.true(document.includes("<ude"));
  t.is(await written(await reread(document), { format: "tmx" }), DOCUMENT);
});

test("JSON lines carry all of it there and back", async (t) => {
  const lines = await written(await reread(DOCUMENT), { format: "jsonl" });
  t.is(lines.match(/"header"/g)!.length, 1);
  const pairs: Pair[] = [];
  for await (const batch of readPairs(inChunks(lines), { format: "jsonl" })) pairs.push(...batch);
  t.is(await written(pairs, { format: "tmx" }), DOCUMENT);
  t.is(await written(pairs, { format: "jsonl" }), lines);
});

test("a header is told again where the line that had it is gone", async (t) => {
  const [, second] = await reread(DOCUMENT);
  t.regex(await written([second], { format: "jsonl" }), /"header"/);
});

test("a text that was changed is written without the tags of the old one", async (t) => {
  const [pair] = await reread(DOCUMENT);
  const document = await written([{ ...pair, source: "Die Windmühle." }], { format: "tmx" });
  t.regex(document, /<seg>Die Windmühle\.<\/seg>/);
});

test("pairs of another format need languages, and bring what their rows carry as properties", async (t) => {
  const row = { cells: ["url", "a", "b", "0.5"], columns: { source: 1, target: 2, score: 3 } };
  const pair: Pair = { source: "a", target: "b", line: 1, score: 0.5, row, added: { cosine: 0.25 } };
  await t.throwsAsync(written([pair], { format: "tmx" }), {
    instanceOf: OptionError,
    message: /Name them with languages, such as de,en/,
  });
  const document = await written([pair], { format: "tmx", languages: ["de", "en"] });
  t.regex(document, /<header creationtool="crisscross" .* srclang="de">/);
  t.deepEqual(
    [...document.matchAll(/<prop type="(.*)">(.*)<\/prop>/g)].map(([, type, value]) => [type, value]),
    [
      ["x-score", "0.500000"],
      ["x-column1", "url"],
      ["x-cosine", "0.250000"],
    ],
  );
  t.is((await reread(document))[0].score, 0.5);
});

test("what XML cannot hold becomes a space, and carriage returns survive", async (t) => {
  const pair: Pair = { source: "a\u0000\ud800b\r\n]]>", target: "c", line: 1 };
  const [again] = await reread(await written([pair], { format: "tmx", languages: ["de", "en"] }));
  t.is(again.source, "a  b\r\n]]>");
});

test("what the DTD does not know is written as properties, and tags that it forbids are left out", async (t) => {
  const [pair] = await reread(
    `<tmx version="1.1"><header srclang="de" segtype="line"/><body><tu x-own="1"><tuv lang="de"><seg><bpt>[</bpt>a</seg></tuv><tuv lang="en"><seg>b</seg></tuv></tu></body></tmx>`,
  );
  const document = await written([pair], { format: "tmx" });
  t.regex(document, /<header srclang="de" creationtool="crisscross"[^>]*segtype="sentence"/);
  t.regex(document, /<prop type="x-segtype">line<\/prop>/);
  t.regex(document, /<tu>\n {6}<prop type="x-own">1<\/prop>/);
  t.regex(document, /<tuv xml:lang="de">\n {8}<seg>a<\/seg>/);
});

test("no pair at all is a document, too", async (t) => {
  t.deepEqual(await reread(await written([], { format: "tmx" })), []);
});
