"""Writes a small static encoder and pairs for the tests: a Unigram tokenizer of the texts, and a table by chance."""

import json
import pathlib
import sys

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

DIMENSIONS = 64
UNKNOWN = "<unk>"

folder, gold = pathlib.Path(sys.argv[1]), pathlib.Path("samples/town.de-en.gold")
texts = {language: pathlib.Path(f"samples/town.{language}").read_text(encoding="utf-8").splitlines() for language in ("de", "en")}
tokenizer = Tokenizer(models.Unigram())
tokenizer.normalizer = normalizers.NFKC()
tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
trainer = trainers.UnigramTrainer(vocab_size=600, special_tokens=[UNKNOWN], unk_token=UNKNOWN, show_progress=False)
tokenizer.train_from_iterator([line for lines in texts.values() for line in lines], trainer)

start = folder / "start"
(start / "1_Normalize").mkdir(parents=True)
tokenizer.save(str(start / "tokenizer.json"))
size = tokenizer.get_vocab_size()
rows = np.random.default_rng(0).normal(0, 0.1, (size, DIMENSIONS)).astype(np.float32)
save_file({"embeddings": rows}, start / "model.safetensors")
modules = ["StaticEmbedding", "Normalize"]
described = [
    {"idx": i, "name": str(i), "path": "." if i == 0 else f"{i}_{kind}", "type": f"sentence_transformers.models.{kind}"} for i, kind in enumerate(modules)
]
files = {
    "modules.json": described,
    "1_Normalize/config.json": {},
    "config.json": {"model_type": "model2vec", "normalize": True, "max_length": None, "centre": True},
}
for name, content in files.items():
    (start / name).write_text(json.dumps(content))
pairs = [[int(number) - 1 for number in line.split("\t")] for line in gold.read_text().splitlines()]
lines = [f"town\t{texts['en'][en]}\t{texts['de'][de]}\n" for de, en in pairs]
(folder / "en-de.tsv").write_text("".join(lines), encoding="utf-8")
