#!/usr/bin/env bash
# What SentencePiece 0.2.3 and the step Precompiled of tokenizers 0.23.3 make of the same text by the same character map
# (nmt_nfkc, the one of XLM-RoBERTa, mBART, NLLB and most models of SentencePiece).
#
# SentencePiece replaces the longest key of the map at each place of a text. Precompiled takes the shortest key that a
# grapheme of up to five bytes begins with, in place of the whole grapheme, and single characters of longer graphemes:
#
# - of a base with two marks, one mark is lost: Vietnamese "ộ" written as o, dot below, circumflex becomes "ọ";
# - after a ligature or a superscript a mark is lost;
# - what takes six bytes stays apart: Burmese, Tamil, kana with a voicing mark, Hangul in letters of its own.
#
# It matters to whoever takes a tokenizer.json that was converted from a SentencePiece model to be the same: text in
# decomposed form (NFD, as files of macOS and some keyboards have it) is cut into other pieces, without error or warning.
# Composed text is not concerned, which is why lists of test sentences agree.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet sentencepiece==0.2.3 tokenizers==0.23.3 'protobuf<8'

cat > compare.py <<'PYTHON'
import sentencepiece
from sentencepiece import sentencepiece_model_pb2
from tokenizers import normalizers

lines = (f"{a} {b} and {c}" for a in ("mill", "river", "stone") for b in ("road", "wall") for c in ("house", "lane"))
sentencepiece.SentencePieceTrainer.train(
    sentence_iterator=lines, model_prefix="mill", vocab_size=23, normalization_rule_name="nmt_nfkc", minloglevel=2
)
model = sentencepiece_model_pb2.ModelProto()
model.ParseFromString(open("mill.model", "rb").read())
precompiled = normalizers.Precompiled(model.normalizer_spec.precompiled_charsmap)
own = sentencepiece.SentencePieceNormalizer(
    model_file="mill.model", add_dummy_prefix=False, escape_whitespaces=False, remove_extra_whitespaces=False
)

codes = lambda text: " ".join(f"{ord(character):04X}" for character in text)
expected = {
    "cafe\u0301": ("caf\u00e9", "caf\u00e9"),
    "o\u0323\u0302": ("\u1ed9", "\u1ecd"),
    "\ufb01\u0301": ("fi\u0301", "fi"),
    "\u1025\u102e": ("\u1026", "\u1025\u102e"),
    "\u304b\u3099": ("\u304c", "\u304b\u3099"),
    "\u0b95\u0bc6\u0bbe": ("\u0b95\u0bca", "\u0b95\u0bc6\u0bbe"),
    "\u1112\u1161\u11ab": ("\ud55c", "\u1112\u1161\u11ab"),
}
found = {text: (own.normalize(text), precompiled.normalize_str(text)) for text in expected}
print("text\tSentencePiece\tPrecompiled")
for text, both in found.items():
    print("\t".join(map(codes, (text, *both))))
if found != expected:
    raise SystemExit("This has changed.")
PYTHON
venv/bin/python compare.py
