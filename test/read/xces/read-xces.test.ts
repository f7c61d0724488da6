import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import test, { type ExecutionContext } from "ava";
import { InputError } from "../../../src/errors.js";
import type { PairInput, ReadPairsOptions } from "../../../src/read/pairs/read-pairs.js";
import { readPairs } from "../../../src/read/pairs/read-pairs.js";
import type { Pair } from "../../../src/types/bitexts.js";
import { crisscross } from "../../cli/terminal.js";
import { inChunks, writeFixture } from "../_fixtures.js";
import { packZip } from "../zip/pack-zip.js";

interface Outcome {
  texts: (string | number | undefined)[][];
  left: number;
  skipped: InputError[];
}

async function read(input: PairInput, options: ReadPairsOptions = {}): Promise<Outcome> {
  const pairs: Pair[] = [];
  const skipped: InputError[] = [];
  let left = 0;
  const onLeftOut = () => void left++;
  const onSkip = (error: InputError) => void skipped.push(error);
  for await (const batch of readPairs(input, { onLeftOut, onSkip, ...options })) pairs.push(...batch);
  return { texts: pairs.map(({ source, target, score }) => [source, target, score]), left, skipped };
}

/** Of `raw`, with times as in subtitles. */
const RAW = `<?xml version="1.0" encoding="utf-8"?>
<text><p id="1"><s id="1">Das  Haus &amp;
  der Hof.</s><s id="2"><time id="T1S" value="0"/>Die Mühle.<time id="T1E" value="1"/></s></p>
<s id="3">Der Fluss.</s></text>`;
/** Of `xml`, in words. */
const WORDS = `<document><head/><body><s id="s1"><chunk><w id="w1">The</w> <w id="w2">house</w></chunk><w>.</w></s>
<s id="s2"><w>The</w><w>yard</w><w>.</w></s><s id="s3"><w>A</w><w>river</w><w>.</w></s></body></document>`;

const alignment = (links: string, from = "de/a.xml.gz", to = "en/a.xml.gz") =>
  `<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE cesAlign PUBLIC "-//CES//DTD XML cesAlign//EN" "">
<cesAlign version="1.0">
<linkGrp targType="s" fromDoc="${from}" toDoc="${to}">
${links}
</linkGrp>
</cesAlign>`;

const LINKS = `<link id="SL1" xtargets="1;s1 s2" certainty="0.123456789"/>
<link id="SL2" xtargets="2;"/>
<link id="SL3" xtargets=";s1" />
<link id="SL4" xtargets="3;s3"/>`;

const PAIRS = [
  ["Das Haus & der Hof.", "The house . The yard .", 0.123456789],
  ["Der Fluss.", "A river .", undefined],
];

async function folder(
  t: ExecutionContext,
  files: Readonly<Record<string, string | Buffer>>,
): Promise<string> {
  const root = dirname(await writeFixture(t, "made", ""));
  for (const [name, data] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), data);
  }
  return root;
}

test("links are pairs of the documents beside them, with all digits of their certainty; those without one side are counted", async (t) => {
  const root = await folder(t, {
    "de-en.xml.gz": gzipSync(alignment(LINKS)),
    "de/a.xml.gz": gzipSync(RAW),
    "en/a.xml": WORDS,
  });
  const { texts, left } = await read(join(root, "de-en.xml.gz"));
  t.deepEqual(texts, PAIRS);
  t.is(left, 2);
  const { stdout, stderr } = await crisscross([
    "convert",
    join(root, "de-en.xml.gz"),
    "--output-format",
    "jsonl",
  ]);
  const [source, target, score] = PAIRS[0];
  t.deepEqual(JSON.parse(stdout.split("\n")[0]), { score, source, target });
  t.regex(stderr, /2 pairs · 2 units without both languages/);
});

for (const [layout, files, documents] of [
  ["OPUS's folders", { "Books/raw/de/a.xml": RAW, "Books/xml/en/a.xml.gz": gzipSync(WORDS) }, ["."]],
  [
    "OPUS's zip files in a folder",
    {
      "de.zip": packZip({ "Books/raw/de/a.xml": RAW }),
      "Books_latest_xml_en.zip": packZip({ "Books/xml/en/a.xml": WORDS }),
    },
    ["."],
  ],
  [
    "zip files by name",
    { "x/1.zip": packZip({ "de/a.xml": RAW }), "x/2.zip": packZip({ "OPUS/xml/en/a.xml": WORDS }) },
    ["x/1.zip", "x/2.zip"],
  ],
] as const)
  test(`documents are found in ${layout}, also for standard input`, async (t) => {
    const root = await folder(t, files);
    const places = documents.map((place) => join(root, place));
    const { texts } = await read(inChunks(alignment(LINKS), 20), { documents: places });
    t.deepEqual(texts, PAIRS);
  });

test("the order of links and of their sentences holds, over several groups", async (t) => {
  const root = await folder(t, { "de/a.xml": RAW, "en/a.xml": WORDS, "en/b.xml": '<t><s id="9">B.</s></t>' });
  const two = alignment('<link xtargets="3 1;s3"/><link xtargets="2;s2 s1"/>').replace(
    "</cesAlign>",
    '<linkGrp fromDoc="de/a.xml" toDoc="en/b.xml"><link xtargets="2;9"/></linkGrp></cesAlign>',
  );
  t.deepEqual((await read(inChunks(two), { documents: [root] })).texts, [
    ["Der Fluss. Das Haus & der Hof.", "A river .", undefined],
    ["Die Mühle.", "The yard . The house .", undefined],
    ["Die Mühle.", "B.", undefined],
  ]);
});

test("a sentence or a document that is missing, and a broken link, name the line; with skip they alone are left out", async (t) => {
  const root = await folder(t, { "de/a.xml": RAW, "en/a.xml": WORDS });
  const documents = [root];
  const links = [
    '<link id="L1" xtargets="1;s1"/>',
    '<link id="L2" xtargets="7;s2"/>',
    '<link id="L3" xtargets="2"/>',
    '<link id="L4" xtargets="2;s2"',
    '<link id="L5" xtargets="3;s3"/>',
  ];
  const of = (...chosen: number[]) => inChunks(alignment(chosen.map((i) => links[i]).join("\n")));
  await t.throwsAsync(read(of(0, 1), { documents }), {
    instanceOf: InputError,
    message: /line 6: link L2 names a sentence "7" that de\/a\.xml\.gz lacks/,
  });
  await t.throwsAsync(read(of(0, 2), { documents }), { message: /line 6: link L3 has xtargets="2"/ });
  await t.throwsAsync(read(of(0, 3, 4), { documents }), { message: /line 7/ });
  const all = await read(of(0, 1, 2, 3, 4), { documents, onError: "skip" });
  t.deepEqual(
    all.texts.map(([source]) => source),
    ["Das Haus & der Hof.", "Der Fluss."],
  );
  t.is(all.skipped.length, 3);
  const lost = alignment(LINKS, "de/none.xml").replace(
    "</cesAlign>",
    `<linkGrp fromDoc="de/a.xml" toDoc="en/a.xml"><link xtargets="3;s3"/></linkGrp></cesAlign>`,
  );
  await t.throwsAsync(read(inChunks(lost), { documents }), {
    message:
      /line 4: names a document de\/none\.xml that is not there\. Name its folder or zip file with documents/,
  });
  const rest = await read(inChunks(lost), { documents, onError: "skip" });
  // Each of its four links is lost.
  t.deepEqual([rest.texts.length, rest.skipped.length], [1, 4]);
  await t.throwsAsync(read(inChunks(alignment(LINKS, "../de/a.xml")), { documents: [join(root, "en")] }), {
    message: /not there/,
  });
});

test("a document whose XML is broken is an error that names it and the line", async (t) => {
  const root = await folder(t, { "de/a.xml": RAW.replace("</p>", "</q>"), "en/a.xml": WORDS });
  await t.throwsAsync(read(inChunks(alignment(LINKS)), { documents: [root] }), {
    message: /de\/a\.xml, line 3: /,
  });
});

test("an alignment and its documents may have prefixes", async (t) => {
  const prefixed = (document: string) =>
    document
      .replaceAll(/<(\/?)(?=\w)/g, "<$1c:")
      .replace(/<c:(cesAlign|text|document)/, '$& xmlns:c="http://www.xces.org/schema/2003"');
  const root = await folder(t, { "a.xml": prefixed(RAW), "b.xml": prefixed(WORDS) });
  const document = prefixed(alignment(`${LINKS}<link id="x" xtargets=a & b/>${LINKS}`, "a.xml", "b.xml"));
  const { texts, skipped } = await read(inChunks(document, 9), { documents: [root], onError: "skip" });
  t.deepEqual([texts, skipped.length], [[...PAIRS, ...PAIRS], 1]);
});
