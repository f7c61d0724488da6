import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import test from "ava";
import { OptionError } from "../../../src/errors.js";
import type { OpenPairsOptions, Pair } from "../../../src/index.js";
import { readPairs } from "../../../src/read/pairs/read-pairs.js";
import { openPairs } from "../../../src/write/pairs/open-pairs.js";
import { inChunks } from "../../read/_fixtures.js";

async function written(pairs: readonly Pair[], options: OpenPairsOptions): Promise<string> {
  const stream = new PassThrough();
  const sink = openPairs(stream, options);
  await sink.write(pairs);
  await sink.finish();
  stream.end();
  return text(stream);
}

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
