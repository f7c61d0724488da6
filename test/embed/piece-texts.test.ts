import test from "ava";
import { pieceTexts } from "../../src/embed/piece-texts.js";

test("a Unigram piece's space marks go; special and unknown pieces, and a mark alone, have no text", (t) => {
  const texts = pieceTexts({
    pre_tokenizer: { type: "Metaspace", replacement: "▁" },
    model: {
      type: "Unigram",
      unk_id: 1,
      vocab: [
        ["<s>", 0],
        ["<unk>", 0],
        ["▁", -2],
        ["▁Haus", -8],
        ["haus", -9],
        ["▁of▁the", -9],
      ],
    },
    added_tokens: [{ id: 0, content: "<s>", special: true }],
  });
  t.deepEqual(texts, ["", "", "", "Haus", "haus", "of the"]);
});

test("a WordPiece continuation loses its mark; places kept free and holes have no text", (t) => {
  const texts = pieceTexts({
    model: {
      type: "WordPiece",
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      vocab: { "[UNK]": 0, "[unused1]": 1, house: 2, "##boat": 3, "##": 4, "▁": 6 },
    },
    added_tokens: [{ id: 7, content: " <NUM> ", special: false }],
  });
  t.deepEqual(texts, ["", "", "house", "boat", "##", "", "▁", "<NUM>"]);
});

test("a byte-level piece is decoded; a part of a character has no text", (t) => {
  // GPT-2 writes the space as Ġ, and the two bytes of é, C3 A9, as Ã and ©.
  const texts = pieceTexts({
    decoder: { type: "ByteLevel" },
    model: { type: "BPE", vocab: { Ġcaf: 0, "Ã©": 1, Ã: 2, Ġ: 3, Ċ: 4, "a!": 5 } },
  });
  t.deepEqual(texts, ["caf", "é", "", "", "", "a!"]);
});

test("pieces of a BPE tokenizer lose end-of-word and space marks; its bytes have no text", (t) => {
  t.deepEqual(
    pieceTexts({ model: { type: "BPE", end_of_word_suffix: "</w>", vocab: { "the</w>": 0, th: 1 } } }),
    ["the", "th"],
  );
  const texts = pieceTexts({
    normalizer: { type: "Replace", pattern: { String: " " }, content: "▁" },
    model: { type: "BPE", byte_fallback: true, vocab: { "<0x0A>": 0, "▁the": 1 } },
  });
  t.deepEqual(texts, ["", "the"]);
});
