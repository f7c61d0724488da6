import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import test from "ava";
import { BUILTIN, folderOf } from "../../src/embed/builtin.js";
import { readTokenizerText } from "../../src/embed/folder/tokenizer-file.js";
import { preparedTensors, readPrepared } from "../../src/embed/static/prepared-tokenizer.js";
import { writeStaticFolder } from "../../src/embed/static/write-static-folder.js";
import { type Prepared, preparedLexicon } from "../../src/embed/unigram/lexicon.js";
import { prepare } from "../../src/embed/unigram/prepare.js";
import { sortLevels } from "../../src/embed/unigram/sort-levels.js";
import type { TokenizerJson } from "../../src/embed/unigram/tokenizer-json.js";
import { ModelError } from "../../src/errors.js";
import type { Encoder } from "../../src/types/encoder.js";
import { flipBit } from "../flip-bit.js";
import { temporaryFolder } from "../temporary-folder.js";
import { copyOf, editJson, open } from "./folders.js";

const SMALL: TokenizerJson = {
  model: {
    type: "Unigram",
    unk_id: 0,
    byte_fallback: false,
    vocab: [
      ["<unk>", 0],
      ["▁", -2],
      ["mill", -3.5],
      ["▁mill", -4],
      ["m", -5],
      ["😀", -6],
    ],
  },
  pre_tokenizer: {
    type: "Sequence",
    pretokenizers: [
      { type: "WhitespaceSplit" },
      { type: "Metaspace", replacement: "▁", prepend_scheme: "always", split: true },
    ],
  },
};

test("a trie lies level by level, each node's children in the order of their units", (t) => {
  // The root; a, b; ab, ac; abc. What ends where: b is number 0, ab 1, a 2, abc 3, ac 4.
  const { units, branches, numbers } = sortLevels(["b", "ab", "a", "abc", "ac"]);
  t.is(String.fromCharCode(...units.subarray(1)), "abbcc");
  t.deepEqual([...branches], [2 * 2, 2 * 2 + 1, 1, 2 + 1, 1, 1]);
  t.deepEqual([...numbers], [2, 0, 1, 4, 3]);
});

test("what gives its vocabulary back is prepared, and nothing else", (t) => {
  t.truthy(prepare(SMALL));
  const { model } = SMALL;
  const withVocab = (...more: [string, number][]) => ({
    ...SMALL,
    model: { ...model!, vocab: [...model!.vocab, ...more] },
  });
  t.truthy(prepare(withVocab(["mi", -7])));
  t.is(prepare(withVocab(["mill", -7])), undefined, "equal pieces");
  t.is(prepare(withVocab(["", -7])), undefined, "an empty piece");
  t.is(prepare(withVocab(["mi", -7.1])), undefined, "a score that float32 does not hold");
  t.is(prepare({ ...SMALL, model: { ...model!, type: "BPE" } }), undefined, "another kind");
  const beside = {
    id: 6,
    content: "<s>",
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
  };
  t.is(prepare({ ...SMALL, added_tokens: [beside] }), undefined, "a token beside the vocabulary");
});

test("the built-in encoder's prepared tokenizer is what its tokenizer.json gives, and gives that back", async (t) => {
  const path = join(folderOf(BUILTIN), "tokenizer.json.gz");
  const bytes = readFileSync(path);
  const shipped = (await readPrepared(path, bytes))!;
  t.truthy(shipped, "it is of another tokenizer: npm run prepare-tokenizer");
  const text = readTokenizerText(path);
  const json: TokenizerJson = JSON.parse(text);
  const { settings, scores } = shipped;
  const vocab = preparedLexicon(shipped)
    .trie.pieces()
    .map((piece, number) => [piece, scores[number]] as [string, number]);
  t.true(JSON.stringify({ ...settings, model: { ...settings.model!, vocab } }) === JSON.stringify(json));
  t.true(contentOf(prepare(json)!, bytes).equals(contentOf(shipped, bytes)), "npm run prepare-tokenizer");
});

/** All numbers that are written of what was prepared. */
function contentOf(prepared: Prepared, tokenizer: Uint8Array): Buffer {
  const blocks = preparedTensors(prepared, tokenizer).flatMap((tensor) => [
    ...(tensor.blocks as Uint8Array[]),
  ]);
  return Buffer.concat(
    blocks.map((block) => new Uint8Array(block.buffer, block.byteOffset, block.byteLength)),
  );
}

const digestOf = ({ space }: Encoder) => space.split("-").at(-1);

/** A folder of four bits with the small tokenizer, whose rows point along an axis each. */
async function packedFolder(t: Parameters<typeof temporaryFolder>[0]): Promise<string> {
  const path = join(temporaryFolder(t), "packed");
  const table = new Float32Array(6 * 32);
  for (let piece = 0; piece < 6; piece++) table[piece * 32 + piece] = 1;
  await writeStaticFolder(path, {
    rows: 6,
    dimensions: 32,
    blocks: [table],
    type: "int4",
    tokenizer: JSON.stringify(SMALL),
    tokenizerName: "small",
    card: "",
  });
  return path;
}

test("a packed folder is read by what was prepared, with the same vectors as without", async (t) => {
  const prepared = await packedFolder(t);
  const plain = copyOf(prepared, t);
  rmSync(join(plain, "unigram.safetensors"));
  rmSync(join(plain, "SHA256SUMS"));
  t.true(existsSync(join(prepared, "unigram.safetensors")));
  const texts = ["mill", "mmill 😀m", "? mill", ""];
  for (const max_length of [null, 1]) {
    for (const folder of [prepared, plain]) editJson(folder, "config.json", { max_length });
    rmSync(join(prepared, "SHA256SUMS"), { force: true });
    const [ours, theirs] = [await open(prepared, t), await open(plain, t)];
    t.is(digestOf(ours), digestOf(theirs));
    t.deepEqual(await ours.encode(texts), await theirs.encode(texts));
  }
});

test("what was prepared of another tokenizer is left aside, and what is damaged is refused", async (t) => {
  const folder = await packedFolder(t);
  rmSync(join(folder, "SHA256SUMS"));
  const tokenizer = join(folder, "tokenizer.json.gz");
  const before = await (await open(folder, t)).encode(["mill"]);
  const vocab = SMALL.model!.vocab.map(([piece, score]) => [piece === "▁mill" ? "▁m" : piece, score]);
  writeFileSync(
    tokenizer,
    gzipSync(JSON.stringify({ ...SMALL, model: { ...SMALL.model, vocab } }), { level: 9 }),
  );
  t.notDeepEqual(await (await open(folder, t)).encode(["mill"]), before);

  const damaged = await packedFolder(t);
  rmSync(join(damaged, "SHA256SUMS"));
  const path = join(damaged, "unigram.safetensors");
  // The last bytes are the digest of the content; what stands before them is the tokenizer's, and before that the settings.
  flipBit(path, (readFileSync(path).length - 64 - 10) * 8);
  await t.throwsAsync(open(damaged, t), {
    instanceOf: ModelError,
    message: /unigram\.safetensors: is damaged.*remove it/s,
  });
});
