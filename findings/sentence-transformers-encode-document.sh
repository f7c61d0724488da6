#!/usr/bin/env bash
# Which prompt encode_document of sentence-transformers (6.2.0) puts before a text.
#
# It is documented to take the first of the prompts "document", "passage" and "corpus" that a model has. Every model has
# "document", though: it is empty where the model's configuration does not name it. So "passage" and "corpus" are never
# taken, and the default prompt is not, either.
#
# It matters to whoever has a folder with the prompts {"query": …, "passage": …}, as many retrieval models write them:
# encode_query puts its prompt, and encode_document none, with no warning; the passages are embedded as the model was
# not trained to have them. encode(…, prompt_name="passage") puts it.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check sentence-transformers==6.2.0 transformers==5.24.0 torch==2.13.0 2>/dev/null

cat > show.py <<'PYTHON'
import json
import pathlib
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer, models, pre_tokenizers

tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "passage": 1, "query": 2}, unk_token="[UNK]"))
tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
prompts = {"query": "query ", "passage": "passage ", "corpus": "passage "}
made = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=2)], device="cpu")
made.save_pretrained("model", create_model_card=False)
settings = pathlib.Path("model", "config_sentence_transformers.json")
config = {**json.loads(settings.read_text()), "prompts": prompts, "default_prompt_name": "passage"}
settings.write_text(json.dumps(config))

encoder = SentenceTransformer("model", device="cpu")
put = []
preprocess = encoder.preprocess
encoder.preprocess = lambda inputs, prompt=None, **others: put.append(prompt) or preprocess(inputs, prompt=prompt, **others)
encoder.encode_query(["a"])
encoder.encode_document(["a"])
encoder.encode(["a"])
for name, prompt in zip(("encode_query", "encode_document", "encode"), put):
    print(f"{name}: {prompt!r}")
PYTHON

seen=$(venv/bin/python show.py 2>/dev/null)
echo "$seen"
diff <(echo "$seen") - <<'EOF2'
encode_query: 'query '
encode_document: ''
encode: 'passage '
EOF2
