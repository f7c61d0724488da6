import test from "ava";
import type { Pair, ReadPairsOptions } from "../../../src/index.js";
import { readPairs } from "../../../src/read/pairs/read-pairs.js";
import { inChunks } from "../_fixtures.js";

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

const unit = (source: string) =>
  `<tu>\n<tuv xml:lang="en"><seg>${source}</seg></tuv>\n<tuv xml:lang="de"><seg>x</seg></tuv>\n</tu>`;

/** The unit with the fault stands in lines 7 to 10. */
const around = (bad: string) =>
  `<?xml version="1.0"?>\n<tmx version="1.4"><header srclang="en"/><body>\n${[unit("one"), bad, unit("two"), unit("three")].join("\n")}\n</body></tmx>\n`;

const FAULTS: Record<string, string> = {
  "a raw <": unit("a < b"),
  "a raw < before letters": unit("a <b and c"),
  "a raw &": unit("a & b"),
  "an & that begins a name": unit("R&D b"),
  "an entity of HTML": unit("a&nbsp;b"),
  "a control character": unit("a\u0001b"),
  "a reference to a lone surrogate": unit("a&#xD83D;b"),
  "U+FFFF": unit("a\uffffb"),
  "wrong nesting": unit("<hi>a<ph>b</hi></ph>"),
  "a segment without end": unit("a").replace("</seg>", ""),
  "a variant without end": unit("a").replace("</tuv>", ""),
  "attributes without quotes": unit("a").replace("<tu>", '<tu note="a > b" x=1>'),
  "a quote without end": unit("a").replace('"en"', '"en'),
  "CDATA without end": unit("<![CDATA[a"),
  "a comment without end": unit("<!-- a"),
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
  const { left } = await skim(around(unit("a & b")));
  t.deepEqual(left, [
    "8: has an & that begins no entity; expected &amp; lines 7 to 10 are left out.".replace(
      "&amp; ",
      "&amp;; ",
    ),
  ]);
  const oneLine = around(unit("a & b").replaceAll("\n", ""));
  t.regex((await skim(oneLine)).left[0], /^7: .*; the unit in line 7 is left out\.$/);
});

test("lines are right behind a fault, with ends of any kind, and for each of several", async (t) => {
  for (const end of ["\n", "\r\n", "\r"]) {
    const document = around(`${unit("a & b")}\n${unit("c")}\n${unit("d\u0002")}`).replaceAll("\n", end);
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
  const document = around(unit("a~b 😀"));
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
  const { sources } = await skim(around(`${unit("a & b")}\n<!-- ${unit("no")} -->`), 3);
  t.deepEqual(sources, ["one", "two", "three"]);
});

test("a broken header costs the header, a last broken unit itself, and a cut file what is cut", async (t) => {
  const header = around(unit("a")).replace("<header ", "<header x=1 ");
  t.deepEqual((await skim(header)).sources, ["one", "a", "two", "three"]);
  const last = around(unit("a")).replace("three", "3 & 3");
  const { sources, left } = await skim(last);
  t.deepEqual(sources, ["one", "a", "two"]);
  t.regex(left.join(), /^16: .*lines 15 to 18 are left out\.$/);
  const cut = around(unit("a"));
  t.deepEqual((await skim(cut.slice(0, cut.indexOf("three")))).sources, ["one", "a", "two"]);
  t.is((await skim(cut.slice(0, cut.indexOf("three")))).left.length, 1);
});

test("without skip the first fault ends the reading as it did", async (t) => {
  await t.throwsAsync(skim(around(unit("a & b")), 100, { onError: "stop" }), {
    message:
      "m.tmx, line 8: has an & that begins no entity; expected &amp;. Correct the file, or export it again.",
  });
});

test("elements may have a prefix, behind a broken unit, too", async (t) => {
  const document = around(unit("a & b"))
    .replaceAll(/<(\/?)(?=\w)/g, "<$1t:")
    .replace("<t:tmx", '<t:tmx xmlns:t="http://www.lisa.org/tmx14"');
  for (const size of [1, 100_000]) {
    const { sources, left } = await skim(document, size, { format: undefined });
    t.deepEqual(sources, ["one", "two", "three"]);
    t.is(left.length, 1);
    t.regex(left[0], /lines 7 to 10 are left out/);
  }
});
