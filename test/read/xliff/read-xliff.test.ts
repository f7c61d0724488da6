import test from "ava";
import type { InputError } from "../../../src/errors.js";
import type { PairInput, ReadPairsOptions } from "../../../src/read/pairs/read-pairs.js";
import { readPairs } from "../../../src/read/pairs/read-pairs.js";
import type { Pair } from "../../../src/types/bitexts.js";
import { inChunks, writeFixture } from "../_fixtures.js";

interface Outcome {
  pairs: Pair[];
  texts: string[][];
  left: number;
  skipped: InputError[];
}

async function read(input: PairInput, options: ReadPairsOptions = {}): Promise<Outcome> {
  const pairs: Pair[] = [];
  const skipped: InputError[] = [];
  let left = 0;
  const all = {
    onSkip: (error: InputError) => void skipped.push(error),
    onLeftOut: () => void left++,
    ...options,
  };
  for await (const batch of readPairs(input, all)) pairs.push(...batch);
  return { pairs, texts: pairs.map(({ source, target }) => [source, target]), left, skipped };
}

const one = (body: string) => `<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a.txt" source-language="en" target-language="de-DE" datatype="plaintext"><header><note>no unit</note></header>
<body><group id="g">
${body}
</group></body></file></xliff>`;

const two = (
  body: string,
) => `<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="de">
<file id="f1"><group id="g">${body}</group></file></xliff>`;

const unit = (source: string, target: string, rest = "") =>
  `<trans-unit id="${source}"><source>${source}</source>${target}${rest}</trans-unit>`;

test("XLIFF 1.2 is a pair a unit; what is not translated yet is counted, and proposals are none", async (t) => {
  const document = one(
    [
      unit("house &amp; home", "<target>Haus &amp; Hof</target>", "<note>from the town</note>"),
      unit("mill", ""),
      unit("river", "<target/>"),
      unit("copy", '<target state="new">copy</target>'),
      unit("copied", '<target state="needs-translation">copied</target>'),
      unit(
        "mouse",
        '<target state="translated">Maus</target>',
        "<alt-trans><source>mice</source><target>Mäuse</target></alt-trans>",
      ),
    ].join("\n"),
  );
  for (const size of [1, 9, 10_000]) {
    const { texts, left, pairs } = await read(inChunks(document, size));
    t.deepEqual(texts, [
      ["house & home", "Haus & Hof"],
      ["mouse", "Maus"],
    ]);
    t.is(left, 4);
    t.like(pairs[0].tmx, {
      unit: { attributes: { tuid: "house & home" }, properties: [{ name: "note", text: "from the town" }] },
      source: { attributes: { "xml:lang": "en" } },
      target: { attributes: { "xml:lang": "de-DE" } },
    });
  }
});

test("a unit of XLIFF 1.2 that is cut into segments is a pair for each", async (t) => {
  const cut = `<trans-unit id="1"><source>One. <g id="1">Two.</g> Three.</source>
<seg-source><mrk mtype="seg" mid="a">One.</mrk> <g id="1"><mrk mtype="seg" mid="b">Two <mrk mtype="term">all</mrk>.</mrk></g> <mrk mtype="seg" mid="c">Three.</mrk></seg-source>
<target><mrk mtype="seg" mid="b">Zwei.</mrk> <mrk mtype="seg" mid="a">Eins.</mrk></target></trans-unit>`;
  const { texts, left } = await read(inChunks(one(cut)));
  t.deepEqual(texts, [
    ["One.", "Eins."],
    ["Two all.", "Zwei."],
  ]);
  t.is(left, 1);
});

test("inline elements keep their text and what stands for a code, and lose the code", async (t) => {
  const source =
    'A <g id="1">bold</g> <mrk mtype="term">word</mrk><x id="2"/>, <bpt id="3">&lt;i&gt;</bpt>slanted<ept id="3">&lt;/i&gt;</ept><x id="4" equiv-text=" "/>end<ph id="5">%s</ph>';
  const document = one(
    `<trans-unit id="1"><source>${source}</source><target>x<bx id="1"/>y</target></trans-unit>`,
  );
  t.deepEqual((await read(inChunks(document))).texts, [["A bold word, slanted end", "xy"]]);
  t.deepEqual((await read(inChunks(document), { codes: "keep" })).texts, [
    ["A bold word, <i>slanted</i> end%s", "xy"],
  ]);
});

test("XLIFF 2.0 is a pair a segment, its state and what stands for codes taken into account", async (t) => {
  const document = two(`<unit id="u1">
<mtc:matches xmlns:mtc="urn:m"><mtc:match ref="#1"><source>proposal</source><target>Vorschlag</target></mtc:match></mtc:matches>
<originalData><data id="d1">&lt;b&gt;</data></originalData><notes><note>careful</note></notes>
<segment id="s1"><source>A <pc id="1" dataRefStart="d1" equivStart="*" equivEnd="+">bold</pc><ph id="2" equiv=" "/>word<cp hex="41"/>.</source><target>Ein <sc id="1"/>fettes<ec startRef="1"/> Wort.</target></segment>
<ignorable><source> </source></ignorable>
<segment id="s2" state="initial"><source>Two.</source><target>Two.</target></segment>
<segment id="s3"><source>Three.</source></segment>
<segment id="s4" state="final"><source>Four.</source><target>Vier.</target></segment>
</unit>`);
  const { texts, left, pairs } = await read(inChunks(document, 11));
  t.deepEqual(texts, [
    ["A *bold+ wordA.", "Ein fettes Wort."],
    ["Four.", "Vier."],
  ]);
  t.is(left, 2);
  t.like(pairs[1].tmx, {
    unit: { attributes: { tuid: "u1" } },
    target: { attributes: { "xml:lang": "de" } },
  });
});

test("languages that are asked for turn the pair, and others are told", async (t) => {
  const document = one(unit("house", "<target>Haus</target>"));
  t.deepEqual((await read(inChunks(document), { languages: ["de", "en"] })).texts, [["Haus", "house"]]);
  await t.throwsAsync(read(inChunks(document), { languages: ["fr", "en"] }), {
    message: /no unit has both fr and en; found en, de-DE/,
  });
});

test("a unit that is broken costs itself alone, in groups and files too", async (t) => {
  const good = (n: number) => unit(`s ${n}`, `<target>t ${n}</target>`);
  const file = (body: string) =>
    `<file source-language="en" target-language="fr"><body><group><group>${body}</group></group></body></file>`;
  for (const bad of [
    "<source>a & b</source>",
    "<source>a</source><target>b</trans-unit>",
    "<source>a < b</source>",
  ]) {
    const document = one(
      `${good(1)}\n<trans-unit id="x">${bad}</trans-unit></group><group>\n${good(2)}`,
    ).replace("</xliff>", `${file(good(3))}\n${file(good(4))}</xliff>`);
    await t.throwsAsync(read(inChunks(document)), { message: /line 6/ });
    const { texts, left, skipped } = await read(inChunks(document, 50), { onError: "skip" });
    t.deepEqual(texts, [
      ["s 1", "t 1"],
      ["s 2", "t 2"],
    ]);
    t.deepEqual([left, skipped.length], [2, 1], bad);
  }
});

test("what is no XLIFF is refused, and XLIFF is recognised whatever its name", async (t) => {
  await t.throwsAsync(read(inChunks("<tmx><body/></tmx>"), { format: "xliff" }), {
    message: /is not XLIFF: its first element is <tmx>; expected <xliff>/,
  });
  await t.throwsAsync(read(inChunks('<!DOCTYPE xliff [<!ENTITY a "b">]><xliff/>')), { message: /entities/ });
  const document = two("<unit><segment><source>a</source><target>b</target></segment></unit>");
  for (const name of ["a.xlf", "b.txt", "c.xml"])
    t.deepEqual((await read(await writeFixture(t, name, `<!-- made -->\n${document}`))).texts, [["a", "b"]]);
  t.deepEqual((await read(inChunks(Buffer.from(`\ufeff${document}`, "utf16le"), 7))).texts, [["a", "b"]]);
});

/** A document with a prefix before the name of every element. */
const prefixed = (document: string, prefix: string) =>
  document.replaceAll(/<(\/?)(?=\w)/g, `<$1${prefix}:`).replaceAll("xmlns=", `xmlns:${prefix}=`);

test("elements are those of XLIFF whatever prefix they have, and those of another namespace are not", async (t) => {
  const foreign =
    '<m:target xmlns:m="urn:m">no</m:target><target xmlns="urn:m">no</target><m:trans-unit><m:source>no</m:source></m:trans-unit>';
  const units = `${unit("a", "<target>c <ph id='1'>no</ph>d</target>", "<note>n</note>")}\n<!-- foreign -->`;
  for (const prefix of ["xlf", "x.1-ü"]) {
    const document = prefixed(one(units), prefix)
      .replace("<!-- foreign -->", foreign)
      .replace(":xliff ", ':xliff xmlns="urn:other" ');
    const { texts, pairs, left } = await read(inChunks(document, 7));
    t.deepEqual([texts, left], [[["a", "c d"]], 0]);
    t.deepEqual(pairs[0].tmx?.unit?.properties, [{ name: "note", attributes: {}, text: "n" }]);
    t.is((await read(await writeFixture(t, "document.xml", document))).texts.length, 1);
  }
  const second = prefixed(two("<unit><segment><source>a</source><target>b</target></segment></unit>"), "xlf");
  t.deepEqual((await read(inChunks(second))).texts, [["a", "b"]]);
});

test("a prefix that stands for the namespace of the first element is as good as none", async (t) => {
  const document = one(prefixed(unit("a", "<target>b</target>"), "x")).replace(
    "xmlns=",
    'xmlns:x="urn:oasis:names:tc:xliff:document:1.2" xmlns=',
  );
  t.deepEqual((await read(inChunks(document))).texts, [["a", "b"]]);
});

test("behind a broken unit the reading goes on at the next one, though names have a prefix", async (t) => {
  const units = [1, 2, 3, 4].map((n) => unit(`s ${n}`, `<target>t ${n}</target>`)).join("\n");
  const document = prefixed(one(units), "xlf").replace("t 2", "t < 2");
  for (const size of [1, 50, 10_000]) {
    const { texts, skipped } = await read(inChunks(document, size), { onError: "skip" });
    t.deepEqual(texts, [
      ["s 1", "t 1"],
      ["s 3", "t 3"],
      ["s 4", "t 4"],
    ]);
    t.is(skipped.length, 1);
    t.regex(skipped[0].problem, /the unit in line 6 is left out/);
  }
});
