import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { Tokenizer } from "tokenizers";
import { preparedLexicon } from "../../src/embed/unigram/lexicon.js";
import { prepare } from "../../src/embed/unigram/prepare.js";
import type { TokenizerJson, UnigramJson } from "../../src/embed/unigram/tokenizer-json.js";
import { parseUnigram } from "../../src/embed/unigram/unigram.js";
import { randomNumbers } from "../random.js";
import { sharedPath, testShared } from "../shared.js";

const E5 = "models/multilingual-e5-small/tokenizer.json";

/** XLM-RoBERTa's tokenizer, which is read once: it is 17 MB. */
let read: TokenizerJson | undefined;
function e5(): TokenizerJson {
  read ??= JSON.parse(readFileSync(sharedPath(E5)!, "utf8")) as TokenizerJson;
  return read;
}

const METASPACE = { type: "Metaspace", replacement: "▁", prepend_scheme: "always", split: true };
const SMALL: TokenizerJson = {
  model: {
    type: "Unigram",
    unk_id: 0,
    byte_fallback: false,
    vocab: Object.entries({
      "<unk>": 0,
      "▁": -2,
      a: -3,
      b: -3,
      ab: -4,
      "▁a": -3.5,
      "▁ab": -7.471577644348145,
      "😀": -5,
      "xyz!": -9,
    }),
  },
  normalizer: null,
  pre_tokenizer: { type: "Sequence", pretokenizers: [{ type: "WhitespaceSplit" }, METASPACE] },
  added_tokens: [],
};

const AWKWARD = [
  "",
  " ",
  "   ",
  "▁",
  "▁▁ ▁a▁ b▁▁",
  "a  b   c",
  " leading and trailing ",
  "tabs\tand\nlines\r\nand\u0085NBSP\u00a0and\u3000wide\u2028ends",
  "e\u0301 and \u00e9, o\u0323\u0302, \u0301alone, a\u0301\u0302\u0303\u0304",
  "Ａ\u0301Ｂ\u0323 ﬁ\u0301 ﬁnance ﬄ ½ ² ™ … ㎏ ㍿ Ⅻ",
  "\u1112\u1161\u11ab\u1100\u1173\u11af 한글 \u1100\u1100\u1161\u0301 가\u11a8",
  "zero\u200bwidth\u200cjoiner\u200dand\ufeffmark\u00adsoft",
  "nul\0 bell\u0007 escape\u001b delete\u007f c1\u0090",
  "👩‍👩‍👧‍👦 👍🏽 🏳️‍🌈 🇫🇷🇩🇪🇫 ☺️ ©\u200d ©\u0301 1️⃣",
  "\u0600\u0661 \u06dd1 \u0d4ea \u070fܐ",
  "क्षि क\u094d\u0958\u0301 हिन्दी বাংলা தமிழ் ไทยำ ລາວຳ မြန်မာ ភាសាខ្មែរ",
  "ก\u0e33 が か\u3099 ｶﾞ ﾊﾟ 漢字かな交じり文。",
  "lone \ud800 surrogate\udc00 \ud83d\u0301 and\ud83d",
  "an <s> in the <mask>text</s>  <unk>, <pad><pad> ＜s＞ <s",
  "  <mask>  <mask>",
  "𐍈𐌰𐌽 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𒀀𒀁 𓀀 \u{e0041}\u{10ffff}\ufffe",
  "aaaabababab xyz! xxyyzz! xyz",
  "x".repeat(10_000),
  "ab😀日本".repeat(2_000),
];

for (const [title, change] of Object.entries<TokenizerJson>({
  "words at white space": {},
  "words at spaces": { pre_tokenizer: METASPACE },
  "a mark for the first word only": { pre_tokenizer: { ...METASPACE, prepend_scheme: "first" } },
  "no marks": { pre_tokenizer: { ...METASPACE, prepend_scheme: "never" } },
  "spaces that are merged, and ends stripped": {
    pre_tokenizer: METASPACE,
    normalizer: {
      type: "Sequence",
      normalizers: [
        { type: "Strip", strip_left: true, strip_right: true },
        { type: "Replace", pattern: { Regex: " {2,}" }, content: "▁" },
        { type: "Replace", pattern: { String: "b." }, content: "$&" },
      ],
    },
  },
  "added tokens of every kind": {
    normalizer: { type: "Replace", pattern: { String: "text" }, content: "<b>" },
    added_tokens: [
      added(0, "<unk>", {}),
      added(9, "<s>", {}),
      added(10, "<mask>", { lstrip: true }),
      added(11, "<s></s>", { rstrip: true }),
      added(12, "text", { normalized: true, rstrip: true }),
    ],
  },
})) {
  test(`a small tokenizer gives the package's tokens: ${title}`, async (t) => {
    t.deepEqual(await differing({ ...SMALL, ...change }, [...AWKWARD, ...randomTexts(1, 2_000)]), []);
  });
}

test("scores are rounded as the package rounds them, so that it breaks the same ties", async (t) => {
  const next = randomNumbers(2);
  const letters = Array.from("abcdefghijklmnopqrstuvwxyz");
  const scores = letters.map(() => -Math.fround(next() * 20));
  const vocab: UnigramJson["vocab"] = [["<unk>", 0]];
  letters.forEach((letter, i) => {
    vocab.push([letter, scores[i]]);
  });
  for (const [i, first] of letters.entries())
    for (const [j, second] of letters.entries()) vocab.push([first + second, scores[i] + scores[j]]);
  const pairs = letters.flatMap((first) => letters.map((second) => first + second));
  const pre_tokenizer = { ...METASPACE, prepend_scheme: "never" };
  t.deepEqual(await differing({ ...SMALL, pre_tokenizer, model: { ...SMALL.model, vocab } }, pairs), []);
});

test("of equally probable divisions the one with the longer piece at the start stays", (t) => {
  const vocab: UnigramJson["vocab"] = [
    ["<unk>", 0],
    ["▁", -1],
    ["a", -2],
    ["▁a", -3],
  ];
  t.deepEqual(parseUnigram({ ...SMALL, model: { ...SMALL.model, vocab } })!.encode("a aa"), [3, 3, 2]);
});

test("unknown characters beside each other are one token, in each word", (t) => {
  t.deepEqual(parseUnigram(SMALL)!.encode("?? 😀?"), [1, 0, 1, 7, 0]);
});

test("only the first tokens are kept", (t) => {
  const unigram = parseUnigram(SMALL)!;
  t.deepEqual(unigram.encode("?? 😀?", 4), [1, 0, 1, 7]);
  t.deepEqual(unigram.encode("?? 😀?", 0), []);
});

test("what is not reproduced is left to the package", (t) => {
  const refused: TokenizerJson[] = [
    { ...SMALL, model: { ...SMALL.model!, type: "BPE" } },
    { ...SMALL, model: { ...SMALL.model!, byte_fallback: true } },
    { ...SMALL, model: { ...SMALL.model!, unk_id: null } },
    { ...SMALL, normalizer: { type: "NFKC" } },
    { ...SMALL, normalizer: { type: "Sequence", normalizers: [{ type: "Lowercase" }] } },
    { ...SMALL, normalizer: { type: "Replace", pattern: { Regex: "\\s+" }, content: " " } },
    { ...SMALL, pre_tokenizer: null },
    { ...SMALL, pre_tokenizer: { ...METASPACE, split: false } },
    {
      ...SMALL,
      pre_tokenizer: { ...METASPACE, prepend_scheme: "first" },
      normalizer: { type: "Strip", strip_left: true, strip_right: false },
    },
    { ...SMALL, pre_tokenizer: { ...METASPACE, replacement: "_" } },
    { ...SMALL, added_tokens: [{ ...added(9, "<s>", {}), single_word: true }] },
    { ...SMALL, added_tokens: [added(12, "<s>", {})] },
  ];
  for (const json of refused) t.is(parseUnigram(json), undefined, JSON.stringify(json));
});

testShared(
  "XLM-RoBERTa's tokenizer gives the package's tokens for awkward and for random texts",
  E5,
  async (t) => {
    t.deepEqual(await differing(e5(), [...AWKWARD, ...randomTexts(3, 5_000)]), []);
  },
);

for (const name of ["e5", "matryoshka", "xlmr-cls", "xlmr-max-unnormalised"]) {
  testShared(
    `${name}: with a character map the tokens are the package's; with NFKC they are left to it`,
    [`fixtures/encoders/${name}`, E5],
    async (t, folder) => {
      const json: TokenizerJson = JSON.parse(readFileSync(join(folder, "tokenizer.json"), "utf8"));
      t.is(parseUnigram(json), undefined);
      const { texts } = JSON.parse(readFileSync(join(folder, "reference.json"), "utf8"));
      const { normalizer } = e5();
      t.deepEqual(
        await differing({ ...json, normalizer }, [...texts, ...AWKWARD, ...randomTexts(4, 500)]),
        [],
      );
    },
  );
}

testShared(
  "every fiftieth line of Tatoeba has the package's tokens",
  ["data/tatoeba", E5],
  async (t, folder) => {
    const lines = readdirSync(folder)
      .filter((name) => name.startsWith("tatoeba."))
      .flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n"));
    t.deepEqual(
      await differing(
        e5(),
        lines.filter((_, i) => i % 50 === 0),
      ),
      [],
    );
  },
);

/** Ours, of its JSON and as it was prepared if it can be, and the package's of a tokenizer; XLM-RoBERTa's takes seconds. */
const opened = new Map<TokenizerJson, ReturnType<typeof openBoth>>();
function openBoth(json: TokenizerJson) {
  const reference = Tokenizer.fromString(
    JSON.stringify({ version: "1.0", ...json, post_processor: null, decoder: null }),
  );
  reference.disableTruncation();
  const prepared = prepare(json);
  const ours = [parseUnigram(json)!];
  if (prepared) ours.push(parseUnigram(prepared.settings, preparedLexicon(prepared))!);
  const both = { ours, reference };
  opened.set(json, both);
  return both;
}

/** The first texts, of those whose tokens differ from the package's. */
async function differing(json: TokenizerJson, texts: string[]): Promise<unknown[]> {
  const { ours, reference } = opened.get(json) ?? openBoth(json);
  const encodings = await reference.encodeBatch(texts, { addSpecialTokens: false });
  return ours
    .flatMap((unigram) =>
      texts.map((text, i) => ({ text, found: unigram.encode(text), expected: encodings[i].getIds() })),
    )
    .filter(({ found, expected }) => found.join() !== expected.join())
    .slice(0, 3);
}

function added(
  id: number,
  content: string,
  rest: { lstrip?: boolean; rstrip?: boolean; normalized?: boolean },
) {
  return {
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
    ...rest,
  };
}

/** Texts of a few Unicode blocks each, with spaces, marks and added tokens between. */
function randomTexts(seed: number, count: number): string[] {
  const blocks = [
    [0x00, 0x80],
    [0x20, 0x7f],
    [0x80, 0x250],
    [0x300, 0x370],
    [0x370, 0x530],
    [0x590, 0x700],
    [0x900, 0xe00],
    [0xe00, 0x1000],
    [0x1000, 0x1200],
    [0x1680, 0x1800],
    [0x1e00, 0x2070],
    [0x2070, 0x2800],
    [0x3000, 0x3500],
    [0xa000, 0xac00],
    [0xac00, 0xad00],
    [0xd7b0, 0xe000],
    [0xf900, 0x10000],
    [0xff00, 0x10000],
    [0x10000, 0x12000],
    [0x1d400, 0x1d800],
    [0x1f1e6, 0x1f200],
    [0x1f300, 0x1fb00],
    [0x20000, 0x20100],
    [0xe0000, 0xe0200],
  ];
  const bits = Array.from(" ▁\u200d\u0301\u0323\u3099\u0600\u0d4e\u094d\u0958각가ab日");
  bits.push("  ", "\r\n", "<s>", "<mask>", " <mask> ", "</s>", "<unk>", "＜s＞", "the", "ing", "text");
  const next = randomNumbers(seed);
  const below = (limit: number) => Math.floor(next() * limit);
  return Array.from({ length: count }, () => {
    const few = [blocks[below(blocks.length)], blocks[below(blocks.length)]];
    return Array.from({ length: below(30) }, () => {
      if (next() < 0.25) return bits[below(bits.length)];
      const [first, end] = few[below(2)];
      return String.fromCodePoint(first + below(end - first));
    }).join("");
  });
}
