#!/usr/bin/env bash
# Which tokens AutoTokenizer of transformers gives for a tokenizer.json (4.57.6 with tokenizers 0.22.2, 5.24.0 with 0.23.3):
# the file is not all that counts, and the two versions differ in what counts beside it.
#
# - BERT's class sets lower case in both versions: true where tokenizer_config.json does not say, whatever the normaliser
#   in tokenizer.json says. A file that keeps case is lower-cased.
# - XLM-RoBERTa's class takes tokenizer.json as it is in version 4. Version 5 keeps its vocabulary alone: it makes
#   normaliser, pre-tokenizer and post-processor anew, with but the character map of SentencePiece out of the file's
#   normaliser. Other steps of it are dropped, and white space of every kind now ends a word.
# - Under a class of no model, PreTrainedTokenizerFast, both take that file as it is.
#
# It matters to whoever runs encoders without that library (tokenizers, a server, ONNX Runtime in another language): the
# same folder gives other vectors there, and other ones in Python from one version to the next, with no error or warning.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > make.py <<'PYTHON'
import json, pathlib
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

def save(name, tokenizer, **config):
    pathlib.Path(name).mkdir()
    tokenizer.save(f"{name}/tokenizer.json")
    model = "bert" if "Bert" in config["tokenizer_class"] else "xlm-roberta"
    pathlib.Path(name, "config.json").write_text(json.dumps({"model_type": model}))
    pathlib.Path(name, "tokenizer_config.json").write_text(json.dumps(config))

pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "mill", "Mill"]
bert = Tokenizer(models.WordPiece({piece: i for i, piece in enumerate(pieces)}, unk_token="[UNK]"))
bert.normalizer = normalizers.BertNormalizer(lowercase=False)
bert.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
save("bert", bert, tokenizer_class="BertTokenizer")

pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁the", "▁mill", "▁", "mill", "\t", "<mask>"]
xlmr = Tokenizer(models.Unigram([(piece, -float(i)) for i, piece in enumerate(pieces)], unk_id=3))
xlmr.normalizer = normalizers.Sequence([normalizers.NFKC()])
xlmr.pre_tokenizer = pre_tokenizers.Metaspace()
for name in ("XLMRobertaTokenizer", "PreTrainedTokenizerFast"):
    save(name, xlmr, tokenizer_class=name, unk_token="<unk>", pad_token="<pad>", bos_token="<s>", eos_token="</s>")
PYTHON

cat > show.py <<'PYTHON'
from transformers import AutoTokenizer

def show(what, folder, text):
    tokenizer = AutoTokenizer.from_pretrained(folder)
    tokens = tokenizer.convert_ids_to_tokens(tokenizer(text, add_special_tokens=False)["input_ids"])
    print(f"{what}: {' '.join(repr(token) for token in tokens)}")

show("BERT, case kept", "./bert", "Mill")
for name in ("XLMRobertaTokenizer", "PreTrainedTokenizerFast"):
    show(f"{name}, full width", f"./{name}", "ｔｈｅ mill")
    show(f"{name}, a tab", f"./{name}", "the\tmill")
PYTHON

bert="BERT, case kept: 'mill'"
as_it_is() { printf "%s, full width: '▁the' '▁mill'\n%s, a tab: '▁the' '\\\\t' 'mill'" "$1" "$1"; }
anew="XLMRobertaTokenizer, full width: '▁' '<unk>' '▁mill'
XLMRobertaTokenizer, a tab: '▁the' '▁mill'"

# expect <version> <tokenizers> <what XLM-RoBERTa's class gives>
expect() {
  python3 -m venv "v$1"
  "v$1/bin/pip" install --quiet "transformers==$1" "tokenizers==$2" 2>/dev/null
  [ -d bert ] || "v$1/bin/python" make.py
  local seen
  seen=$("v$1/bin/python" show.py 2>/dev/null)
  printf 'transformers %s\n%s\n\n' "$1" "$seen"
  diff <(echo "$seen") <(printf '%s\n%s\n%s\n' "$bert" "$3" "$(as_it_is PreTrainedTokenizerFast)")
}

expect 4.57.6 0.22.2 "$(as_it_is XLMRobertaTokenizer)"
expect 5.24.0 0.23.3 "$anew"
