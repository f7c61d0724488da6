#!/usr/bin/env bash
# What AutoTokenizer of transformers opens as mBART's tokenizer (4.57.6 with tokenizers 0.22.2, 5.24.0 with 0.23.3):
#
# - Version 5 drops SentencePiece's character map (NFKC and more), which the published tokenizer.json has and which the
#   model was trained behind, though the same version keeps it for XLM-RoBERTa's and mBART-50's. Full width, ligatures
#   and the like become other tokens, mostly <unk>. Version 4 takes the file as it is.
# - A folder of weights without any file of a tokenizer is an error in version 4. Version 5 makes a tokenizer of special
#   tokens and languages' codes alone: every word is <unk>, with no error or warning.
#
# It matters to whoever exports or embeds with such models (CRISS, mBART): vectors change from one version to the next, and
# a folder where the tokenizer was forgotten gives every text of as many words the same vector.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > make.py <<'PYTHON'
import base64, io, json, pathlib
import sentencepiece
from sentencepiece import sentencepiece_model_pb2
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

written = io.BytesIO()
words = ["the mill by the river", "a mill"] * 9
sentencepiece.SentencePieceTrainer.train(
    sentence_iterator=iter(words), model_writer=written, vocab_size=20, hard_vocab_limit=False, minloglevel=2
)
proto = sentencepiece_model_pb2.ModelProto.FromString(written.getvalue())

pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁the", "▁mill", "▁", "en_XX", "<mask>"]
tokenizer = Tokenizer(models.Unigram([(piece, -float(i)) for i, piece in enumerate(pieces)], unk_id=3))
tokenizer.normalizer = normalizers.Precompiled(proto.normalizer_spec.precompiled_charsmap)
tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])
for name in ("published", "without"):
    pathlib.Path(name).mkdir()
    pathlib.Path(name, "config.json").write_text(json.dumps({"model_type": "mbart"}))
tokenizer.save("published/tokenizer.json")
pathlib.Path("published/tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "MBartTokenizer"}))
PYTHON

cat > show.py <<'PYTHON'
from transformers import AutoTokenizer

for folder in ("published", "without"):
    try:
        tokenizer = AutoTokenizer.from_pretrained(f"./{folder}")
    except Exception:
        print(f"{folder}: an error")
        continue
    tokens = tokenizer.convert_ids_to_tokens(tokenizer("ｔｈｅ mill", add_special_tokens=False)["input_ids"])
    print(f"{folder}: {' '.join(repr(token) for token in tokens)}")
PYTHON

# expect <version> <tokenizers> <what is seen>
expect() {
  python3 -m venv "v$1"
  "v$1/bin/pip" install --quiet "transformers==$1" "tokenizers==$2" sentencepiece==0.2.3 protobuf 2>/dev/null
  [ -d published ] || "v$1/bin/python" make.py
  local seen
  seen=$("v$1/bin/python" show.py 2>/dev/null)
  printf 'transformers %s\n%s\n\n' "$1" "$seen"
  diff <(echo "$seen") <(echo "$3")
}

expect 4.57.6 0.22.2 "published: '▁the' '▁mill'
without: an error"
expect 5.24.0 0.23.3 "published: '▁' '<unk>' '▁mill'
without: '▁' '<unk>' '▁' '<unk>'"
