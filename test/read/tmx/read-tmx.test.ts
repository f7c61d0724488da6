import test from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import type { ReadPairsOptions } from "../../../src/read/pairs/read-pairs.js";
import { readPairs } from "../../../src/read/pairs/read-pairs.js";
import type { Pair } from "../../../src/types/bitexts.js";
import { inChunks } from "../_fixtures.js";

async function read(
  data: string | Uint8Array,
  options: ReadPairsOptions = {},
  size?: number,
): Promise<Pair[]> {
  const pairs: Pair[] = [];
  const given = { format: "tmx", name: "memory.tmx", ...options } as const;
  for await (const batch of readPairs(inChunks(data, size), given)) pairs.push(...batch);
  return pairs;
}

const texts = (pairs: readonly Pair[]) => pairs.map(({ source, target }) => [source, target]);

const unit = (source: string, target: string) =>
  `<tu><tuv xml:lang="en"><seg>${source}</seg></tuv><tuv xml:lang="de"><seg>${target}</seg></tuv></tu>`;

function tmx(
  body: string,
  { head = '<?xml version="1.0"?>\n', header = '<header srclang="en"/>' } = {},
): string {
  return `${head}<tmx version="1.4">${header}<body>\n${body}\n</body></tmx>\n`;
}

test("a unit is a pair, however the bytes arrive", async (t) => {
  const document = tmx(
    `${unit("the mill 😀", "die Mühle")}\n${unit("a &amp; b &#x263A;", "<![CDATA[<c>]]>")}`,
  );
  for (const size of [1, 7, 10_000])
    t.deepEqual(texts(await read(document, {}, size)), [
      ["the mill 😀", "die Mühle"],
      ["a & b ☺", "<c>"],
    ]);
});

test("UTF-16 of either order, with a byte-order mark and without, reads as UTF-8 does", async (t) => {
  const document = tmx(unit("the mill", "die Mühle 😀"), { head: '<?xml version="1.0" encoding="UTF-16"?>' });
  const little = Buffer.from(document, "utf16le");
  const big = Buffer.from(little).swap16();
  const mark = (bytes: Buffer, ...begin: number[]) => Buffer.concat([Buffer.from(begin), bytes]);
  for (const bytes of [
    ...[little, big, mark(little, 0xff, 0xfe), mark(big, 0xfe, 0xff)],
    mark(Buffer.from(document), 0xef, 0xbb, 0xbf),
  ])
    for (const size of [3, 4096])
      t.deepEqual(texts(await read(bytes, {}, size)), [["the mill", "die Mühle 😀"]]);
});

test("an encoding that the bytes cannot have is an error that names it", async (t) => {
  const latin = tmx(unit("a", "Mühle"), { head: '<?xml version="1.0" encoding="ISO-8859-1"?>' });
  await t.throwsAsync(read(Buffer.from(latin, "latin1")), {
    instanceOf: InputError,
    message: /memory\.tmx, line 1: declares the encoding ISO-8859-1; .*Convert it to UTF-8/,
  });
  const broken = Buffer.concat([
    Buffer.from(tmx(""), "utf16le").subarray(0, 40),
    Buffer.from([0x00, 0xdc, 0x41, 0x00]),
  ]);
  await t.throwsAsync(read(broken), { message: /invalid UTF-16LE/ });
});

const VARIANTS = `<tu><tuv xml:lang="EN_US"><seg>color</seg></tuv><tuv lang="de-AT"><seg>Farbe</seg></tuv>
<tuv xml:lang="fr-CA"><seg>couleur</seg></tuv></tu>`;

test("a language takes its variants, written as tools write them", async (t) => {
  t.deepEqual(texts(await read(tmx(VARIANTS), { languages: ["en", "de"] })), [["color", "Farbe"]]);
  t.deepEqual(texts(await read(tmx(VARIANTS), { languages: ["fr", "en-us"] })), [["couleur", "color"]]);
  t.deepEqual(texts(await read(tmx(VARIANTS), { languages: ["eng", "ger"] })), [["color", "Farbe"]]);
  await t.throwsAsync(read(tmx(VARIANTS), { languages: ["en", "de-DE"] }), {
    instanceOf: InputError,
    message:
      "memory.tmx: no unit has both en and de-DE; found EN_US, de-AT, fr-CA. Name two of those that are there with languages.",
  });
  const plain = tmx(unit("a", "b"));
  t.deepEqual(texts(await read(plain, { languages: ["en-GB", "de-CH"] })), [["a", "b"]]);
  await t.throwsAsync(read(plain, { languages: ["en", "EN"] }), { instanceOf: OptionError });
});

test("an exact language goes before a variant of it", async (t) => {
  const body =
    '<tu><tuv xml:lang="pt-BR"><seg>br</seg></tuv><tuv xml:lang="pt"><seg>pt</seg></tuv><tuv xml:lang="en"><seg>en</seg></tuv></tu>';
  t.deepEqual(texts(await read(tmx(body), { languages: ["pt", "en"] })), [["pt", "en"]]);
  t.deepEqual(texts(await read(tmx(body), { languages: ["pt-BR", "pt"] })), [["br", "pt"]]);
});

test("a srclang without a region takes every unit of its language, whatever the first one's region", async (t) => {
  const inLanguages = (source: string, target: string) =>
    `<tu><tuv xml:lang="${source}"><seg>${source}</seg></tuv><tuv xml:lang="${target}"><seg>${target}</seg></tuv></tu>`;
  const units = inLanguages("en-US", "de") + inLanguages("en_GB", "de") + inLanguages("en", "de");
  t.deepEqual(texts(await read(tmx(units, { header: '<header srclang="en"/>' }))), [
    ["en-US", "de"],
    ["en_GB", "de"],
    ["en", "de"],
  ]);
});

test("without languages the source is srclang, and three of them have to be named", async (t) => {
  const header = '<header srclang="DE-DE"/>';
  t.deepEqual(texts(await read(tmx(unit("a", "b"), { header }))), [["b", "a"]]);
  t.deepEqual(texts(await read(tmx(unit("a", "b"), { header: '<header srclang="*all*"/>' }))), [["a", "b"]]);
  await t.throwsAsync(read(tmx(VARIANTS)), {
    message: /line 3: the first unit has the languages EN_US, de-AT, fr-CA/,
  });
});

test("units without both languages and further variants are left out and told of", async (t) => {
  const alone = '<tu><tuv xml:lang="en"><seg>alone</seg></tuv></tu>';
  const left: string[] = [];
  const pairs = await read(tmx(unit("a", "b") + alone + VARIANTS + unit("c", "d")), {
    languages: ["en", "de"],
    onLeftOut: (what) => left.push(what),
  });
  t.deepEqual(
    pairs.map(({ source, line }) => [source, line]),
    [
      ["a", 1],
      ["color", 3],
      ["c", 4],
    ],
  );
  t.deepEqual(left, ["unit", "variant"]);
});

test("a variant without a language is an error, or leaves its unit out", async (t) => {
  const body = `${unit("a", "b")}\n<tu><tuv><seg>x</seg></tuv></tu>`;
  await t.throwsAsync(read(tmx(body)), {
    message: /line 4: the unit that begins here has a variant without a language/,
  });
  t.is((await read(tmx(body), { onError: "skip" })).length, 1);
});

const TAGGED =
  'Press <bpt i="1" type="bold">&lt;b&gt;</bpt>the <hi type="x">red</hi> mill<ept i="1">&lt;/b&gt;</ept><ph x="1">{0<sub>in it</sub>}</ph><it pos="begin">[</it><ut>]</ut>.';

test("codes inside of inline tags are dropped or kept, text always kept", async (t) => {
  const document = tmx(unit(TAGGED, "b"));
  t.is((await read(document))[0].source, "Press the red mill.");
  t.is((await read(document, { codes: "keep" }))[0].source, "Press <b>the red mill</b>{0in it}[].");
});

test("header, attributes, properties and notes are kept", async (t) => {
  const header =
    '<header creationtool="t" srclang="en" x-own="1"><prop type="p">v&lt;</prop><note xml:lang="en">n</note></header>';
  const body = `<tu tuid="7"><note>unit</note><prop type="x-domain">mills</prop><tuv xml:lang="en" changeid="ann"><prop type="q">w</prop><seg>a</seg></tuv><tuv xml:lang="de"><seg>b</seg></tuv></tu>`;
  const [pair, other] = await read(tmx(body + unit("c", "d"), { header }));
  t.deepEqual(pair.tmx, {
    header: {
      attributes: { creationtool: "t", srclang: "en", "x-own": "1" },
      properties: [
        { name: "prop", attributes: { type: "p" }, text: "v<" },
        { name: "note", attributes: { "xml:lang": "en" }, text: "n" },
      ],
    },
    unit: {
      attributes: { tuid: "7" },
      properties: [
        { name: "note", attributes: {}, text: "unit" },
        { name: "prop", attributes: { type: "x-domain" }, text: "mills" },
      ],
    },
    source: {
      attributes: { "xml:lang": "en", changeid: "ann" },
      properties: [{ name: "prop", attributes: { type: "q" }, text: "w" }],
    },
    target: { attributes: { "xml:lang": "de" }, properties: [] },
  });
  t.is(other.tmx!.header, pair.tmx!.header);
});

test("declared entities are refused, whether they name files or grow to gigabytes", async (t) => {
  const bomb = `<!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`;
  const outside = `<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]>`;
  const parameter = `<!DOCTYPE tmx [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]>`;
  for (const doctype of [bomb, outside, parameter]) {
    const document = tmx(unit("&a;", "b"), { head: `<?xml version="1.0"?>\n${doctype}` });
    await t.throwsAsync(read(document), {
      instanceOf: InputError,
      message: /line 2: declares entities of its own/,
    });
    await t.throwsAsync(read(document, { onError: "skip" }), { instanceOf: InputError });
  }
  await t.throwsAsync(read(tmx(unit("&a;", "b"))), { message: /line 3: undefined entity/ });
});

test("a document type that only names the DTD is read over", async (t) => {
  const head = '<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "http://nowhere.invalid/tmx14.dtd">';
  t.is((await read(tmx(unit("a", "b"), { head }))).length, 1);
});

test("broken XML is an error that names its line; what came before can be kept", async (t) => {
  for (const fault of ["<tu><tuv></tu>", "<tu>a & b</tu>", '<tu x=1 y="></tu>', "</nothing>"]) {
    const document = tmx(`${unit("a", "b")}\n${fault}`);
    const error = await t.throwsAsync(read(document), { instanceOf: InputError });
    t.regex(error.message, /^memory\.tmx, line 4: .*\. Correct the file, or export it again\.$/, fault);
    t.is((await read(document, { onError: "skip" })).length, 1, fault);
  }
  await t.throwsAsync(read(tmx('\n<tu x="a & b"/>\n\n')), {
    message: /line 4: has an & that begins no entity/,
  });
  const cut = tmx(unit("a", "b")).slice(0, -20);
  await t.throwsAsync(read(cut), { message: /memory\.tmx, line \d+: / });
});

test("an ampersand in CDATA and in comments is a character, wherever pieces end", async (t) => {
  const source = "<![CDATA[a & b]]><!-- & --> &amp; c &#38;";
  for (const size of [1, 5, 64, 1000])
    t.is((await read(tmx(unit(source, "b")), {}, size))[0].source, "a & b & c &", `${size}`);
});

test("what is no TMX says what it is", async (t) => {
  await t.throwsAsync(read("<html><body/></html>"), {
    message: /line 1: is not TMX: its first element is <html>/,
  });
  await t.throwsAsync(read("source\ttarget\n"), {
    message: /memory\.tmx, line 1: is not TMX: it begins with "s"/,
  });
});

test("inline elements that TMX does not know keep their text", async (t) => {
  const source = 'a <g id="1">red <x id="2"/><ph>{0}</ph><mrk>mill</mrk></g> <bpt i="1">[<x>code</x></bpt>.';
  const [pair] = await read(tmx(unit(source, "b")));
  t.is(pair.source, "a red mill .");
  t.deepEqual(pair.tmx!.source.segment!.content, [
    "a red ",
    { name: "ph", attributes: {}, content: ["{0}"] },
    "mill ",
    { name: "bpt", attributes: { i: "1" }, content: ["[code"] },
    ".",
  ]);
});

test("elements that hold segments in a segment, and tags without end, are errors", async (t) => {
  await t.throwsAsync(read(tmx(unit("<seg>a</seg>", "b"))), { message: /has <seg> in a segment/ });
  await t.throwsAsync(read(tmx(unit("<hi>".repeat(65) + "</hi>".repeat(65), "b"))), {
    message: /more than 64 deep/,
  });
});

test("elements that go ever deeper are refused before they fill the memory", async (t) => {
  await t.throwsAsync(read(tmx("<a>".repeat(70))), {
    message: /line 3: nests elements more than 64 deep/,
  });
});

test("a score that was written is read again", async (t) => {
  const body = unit("a", "b").replace("<tu>", '<tu><prop type="x-score">0.25</prop>');
  t.is((await read(tmx(body)))[0].score, 0.25);
});

test("a variant without a segment is an error, or leaves its unit out; another language's does not matter", async (t) => {
  const without = '<tu><tuv xml:lang="en"><seg>x</seg></tuv><tuv xml:lang="de"/></tu>';
  const body = `${unit("a", "b")}\n${without}\n${VARIANTS.replace("<seg>couleur</seg>", "")}`;
  await t.throwsAsync(read(tmx(body), { languages: ["en", "de"] }), {
    message: /line 4: the unit that begins here has a variant without a text \(<seg>\)/,
  });
  const left: string[] = [];
  const pairs = await read(tmx(body), {
    languages: ["en", "de"],
    onError: "skip",
    onSkip: ({ message }) => left.push(message),
  });
  t.deepEqual(texts(pairs), [
    ["a", "b"],
    ["color", "Farbe"],
  ]);
  t.is(left.length, 1);
});

test("a unit inside a unit is a pair, and so is the one around it", async (t) => {
  const outer = unit("a", "b").replace("</tu>", `${unit("c", "d")}</tu>`);
  t.deepEqual(texts(await read(tmx(outer + unit("e", "f")))), [
    ["c", "d"],
    ["a", "b"],
    ["e", "f"],
  ]);
  const left: string[] = [];
  const half = `<tu><tuv xml:lang="en"><seg>half</seg></tuv>${unit("c", "d")}</tu>`;
  await read(tmx(`${unit("a", "b")}${half}<tu>${unit("e", "f")}</tu>`), {
    onLeftOut: (what) => left.push(what),
  });
  t.deepEqual(left, ["unit"]);
  await t.throwsAsync(read(tmx('<tu><tuv xml:lang="en"><tu></tu></tuv></tu>')), {
    message: /has <tu> in a <tuv>/,
  });
});

test("a score is read from a property that is named, of the unit or of a variant", async (t) => {
  const prop = '<prop type="score-bicleaner">0.75</prop>';
  const of = (body: string, options: ReadPairsOptions = {}) =>
    read(tmx(body), { scoreProperty: "score-bicleaner", ...options });
  t.is((await of(unit("a", "b").replace("<tu>", `<tu>${prop}`)))[0].score, 0.75);
  t.is((await of(unit("a", "b").replace("<seg>b", `${prop}<seg>b`)))[0].score, 0.75);
  await t.throwsAsync(of(unit("a", "b")), {
    message: /memory\.tmx: no unit has a score in a property of the type score-bicleaner\./,
  });
  await t.throwsAsync(of(unit("a", "b").replace("<tu>", `<tu>${prop.replace("0.75", "good")}`)), {
    message: /line 3: the unit that begins here has the score "good" \(score-bicleaner\); expected a number/,
  });
  await t.throwsAsync(of("a\tb", { format: "tsv" }), {
    message: /scoreProperty goes with format tmx/,
  });
});

async function skim(data: string | Uint8Array, size?: number, options: ReadPairsOptions = {}) {
  const pairs: Pair[] = [];
  const left: string[] = [];
  const reading = readPairs(inChunks(data, size), {
    format: "tmx",
    name: "m.tmx",
    onError: "skip",
    onSkip: ({ problem, place }) => left.push(`${place.line}: ${problem}`),
    ...options,
  });
  for await (const batch of reading) pairs.push(...batch);
  return { sources: pairs.map(({ source }) => source), left };
}

const unitOf = (source: string) =>
  `<tu>\n<tuv xml:lang="en"><seg>${source}</seg></tuv>\n<tuv xml:lang="de"><seg>x</seg></tuv>\n</tu>`;

/** The unit with the fault stands in lines 7 to 10. */
const around = (bad: string) =>
  `<?xml version="1.0"?>\n<tmx version="1.4"><header srclang="en"/><body>\n${[unitOf("one"), bad, unitOf("two"), unitOf("three")].join("\n")}\n</body></tmx>\n`;

const FAULTS: Record<string, string> = {
  "a raw <": unitOf("a < b"),
  "a raw < before letters": unitOf("a <b and c"),
  "a raw &": unitOf("a & b"),
  "an & that begins a name": unitOf("R&D b"),
  "an entity of HTML": unitOf("a&nbsp;b"),
  "a control character": unitOf("a\u0001b"),
  "a reference to a lone surrogate": unitOf("a&#xD83D;b"),
  "U+FFFF": unitOf("a\uffffb"),
  "wrong nesting": unitOf("<hi>a<ph>b</hi></ph>"),
  "a segment without end": unitOf("a").replace("</seg>", ""),
  "a variant without end": unitOf("a").replace("</tuv>", ""),
  "attributes without quotes": unitOf("a").replace("<tu>", '<tu note="a > b" x=1>'),
  "a quote without end": unitOf("a").replace('"en"', '"en'),
  "CDATA without end": unitOf("<![CDATA[a"),
  "a comment without end": unitOf("<!-- a"),
};

for (const [name, bad] of Object.entries(FAULTS))
  test(`a unit with ${name} costs that unit alone`, async (t) => {
    for (const size of [1, 7, 100_000]) {
      const { sources, left } = await skim(around(bad), size);
      t.deepEqual(sources, ["one", "two", "three"]);
      t.is(left.length, 1, left.join("\n"));
      t.regex(left[0], /lines 7 to \d+ are left out\.$/);
    }
  });

test("what is left out is told with its lines", async (t) => {
  const { left } = await skim(around(unitOf("a & b")));
  t.deepEqual(left, [
    "8: has an & that begins no entity; expected &amp; lines 7 to 10 are left out.".replace(
      "&amp; ",
      "&amp;; ",
    ),
  ]);
  const oneLine = around(unitOf("a & b").replaceAll("\n", ""));
  t.regex((await skim(oneLine)).left[0], /^7: .*; the unit in line 7 is left out\.$/);
});

test("lines are right behind a fault, with ends of any kind, and for each of several", async (t) => {
  for (const end of ["\n", "\r\n", "\r"]) {
    const document = around(`${unitOf("a & b")}\n${unitOf("c")}\n${unitOf("d\u0002")}`).replaceAll("\n", end);
    for (const size of [1, 5, 100_000]) {
      const { sources, left } = await skim(document, size);
      t.deepEqual(sources, ["one", "c", "two", "three"]);
      t.deepEqual(
        left.map((problem) => problem.replace(/: .*;/, ":")),
        ["8: lines 7 to 10 are left out.", "16: lines 15 to 18 are left out."],
      );
    }
  }
});

test("bytes that are no UTF-8 or UTF-16 cost their unit alone", async (t) => {
  const document = around(unitOf("a~b 😀"));
  const bytes = Buffer.from(document);
  bytes[bytes.indexOf("~")] = 0xff;
  const cut = Buffer.from(document);
  cut[cut.indexOf("~")] = 0xe4;
  const surrogate = Buffer.concat([
    bytes.subarray(0, bytes.indexOf(0xff)),
    Buffer.from([0xed, 0xa0, 0x80]),
    bytes.subarray(bytes.indexOf(0xff) + 1),
  ]);
  const little = Buffer.from(document.replace("~", "\ud83d"), "utf16le");
  const big = Buffer.from(little).swap16();
  for (const data of [bytes, cut, surrogate, little, big])
    for (const size of [1, 6, 100_000]) {
      const { sources, left } = await skim(data, size);
      t.deepEqual(sources, ["one", "two", "three"]);
      t.is(left.length, 1);
      t.regex(
        left[0],
        /^8: has a control character, or bytes that are no text .*lines 7 to 10 are left out\.$/,
      );
    }
});

test("a unit in a comment behind a broken one is none", async (t) => {
  const { sources } = await skim(around(`${unitOf("a & b")}\n<!-- ${unitOf("no")} -->`), 3);
  t.deepEqual(sources, ["one", "two", "three"]);
});

test("a broken header costs the header, a last broken unit itself, and a cut file what is cut", async (t) => {
  const header = around(unitOf("a")).replace("<header ", "<header x=1 ");
  t.deepEqual((await skim(header)).sources, ["one", "a", "two", "three"]);
  const last = around(unitOf("a")).replace("three", "3 & 3");
  const { sources, left } = await skim(last);
  t.deepEqual(sources, ["one", "a", "two"]);
  t.regex(left.join(), /^16: .*lines 15 to 18 are left out\.$/);
  const cut = around(unitOf("a"));
  t.deepEqual((await skim(cut.slice(0, cut.indexOf("three")))).sources, ["one", "a", "two"]);
  t.is((await skim(cut.slice(0, cut.indexOf("three")))).left.length, 1);
});

test("without skip the first fault ends the reading as it did", async (t) => {
  await t.throwsAsync(skim(around(unitOf("a & b")), 100, { onError: "stop" }), {
    message:
      "m.tmx, line 8: has an & that begins no entity; expected &amp;. Correct the file, or export it again.",
  });
});

test("elements may have a prefix, behind a broken unit, too", async (t) => {
  const document = around(unitOf("a & b"))
    .replaceAll(/<(\/?)(?=\w)/g, "<$1t:")
    .replace("<t:tmx", '<t:tmx xmlns:t="http://www.lisa.org/tmx14"');
  for (const size of [1, 100_000]) {
    const { sources, left } = await skim(document, size, { format: undefined });
    t.deepEqual(sources, ["one", "two", "three"]);
    t.is(left.length, 1);
    t.regex(left[0], /lines 7 to 10 are left out/);
  }
});
