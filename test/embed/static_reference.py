"""Makes the static encoders of test/embed/static/ with their own packages, and the vectors these give.

    pip install model2vec==0.10.0 sentence-transformers==6.2.0
    python3 test/embed/static_reference.py
"""

import json
import pathlib
import shutil

import numpy as np
import torch
from model2vec import StaticModel
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Dense, Normalize, StaticEmbedding
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

HERE = pathlib.Path(__file__).parent / "static"
PIECES = ["<unk>", "▁", "▁the", "▁mill", "er", "ers", "▁grind", "▁gr", "ain", "▁corn", "▁by", "▁river", "▁Müller"]
LETTERS = list("abcdefghijklmnopqrstuvwxyzüé")
TEXTS = [
    "the miller grinds grain",
    "the millers grind corn by the river",
    "Müller",
    "日本",
    "the 日本 mill",
    "",
    "by by by",
    "the river " * 12,
    "e" * 200,
]


def unigram() -> Tokenizer:
    scores = [(piece, -2.0 - 0.1 * i) for i, piece in enumerate(PIECES)] + [(letter, -8.0) for letter in LETTERS]
    tokenizer = Tokenizer(models.Unigram(scores, unk_id=0))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    return tokenizer


def wordpiece() -> Tokenizer:
    pieces = ["[UNK]", "the", "mill", "##er", "##s", "grind", "grain", "corn", "by", "river"]
    tokenizer = Tokenizer(models.WordPiece({piece: i for i, piece in enumerate(pieces)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


def save(name: str, model, encode) -> None:
    folder = HERE / name
    shutil.rmtree(folder, ignore_errors=True)
    model.save_pretrained(str(folder))
    (folder / "README.md").unlink(missing_ok=True)
    vectors = [[round(float(x), 7) for x in row] for row in encode(TEXTS)]
    (folder / "reference.json").write_text(json.dumps({"texts": TEXTS, "vectors": vectors}, ensure_ascii=False))


def main() -> None:
    random = np.random.default_rng(4)
    table = lambda rows, columns: random.standard_normal((rows, columns)).astype(np.float32)
    config = {"model_type": "model2vec", "architectures": ["StaticModel"]}
    size = unigram().get_vocab_size()

    model = StaticModel(table(size, 6), unigram(), config=config, normalize=True, max_length=8)
    save("normalised", model, model.encode)
    model = StaticModel(
        table(5, 6).astype(np.float16),
        unigram(),
        config=config,
        weights=random.random(size).astype(np.float32),
        token_mapping=random.integers(0, 5, size),
    )
    save("mapped", model, model.encode)
    small = (table(wordpiece().get_vocab_size(), 4) * 50).clip(-127, 127).astype(np.int8)
    model = StaticModel(small, wordpiece(), config=config, normalize=True, max_length=None)
    save("wordpiece", model, model.encode)
    layers = [StaticEmbedding(wordpiece(), embedding_weights=table(wordpiece().get_vocab_size(), 4)), Normalize()]
    model = SentenceTransformer(modules=layers, device="cpu")
    save("sentence-transformers", model, lambda texts: model.encode(texts))

    cutting = wordpiece()
    cutting.enable_truncation(4)
    layers = [StaticEmbedding(cutting, embedding_weights=table(cutting.get_vocab_size() + 3, 4)), Normalize()]
    model = SentenceTransformer(modules=layers, device="cpu")
    save("truncated", model, lambda texts: model.encode(texts))
    # Its config.json names no model.
    model = StaticModel(table(size, 6), unigram(), normalize=True)
    save("nameless", model, model.encode)
    adapted(table(size, 6), table(3, 6))


def adapted(rows, weight) -> None:
    """Model2Vec's folder with a Dense module of sentence-transformers between its own and Normalize."""
    model = StaticModel(rows, unigram(), config={"model_type": "model2vec", "architectures": ["StaticModel"]}, normalize=True)
    dense = Dense(6, 3, bias=False, activation_function=torch.nn.Identity(), init_weight=torch.from_numpy(weight))

    def encode(texts):
        vectors = (rows_mean(model, texts) @ weight.T)
        return vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-32)

    save("adapted", model, encode)
    folder = HERE / "adapted"
    (folder / "1_Dense").mkdir()
    dense.save(str(folder / "1_Dense"))
    modules = json.loads((folder / "modules.json").read_text())
    modules.insert(1, {"idx": 1, "name": "1", "path": "1_Dense", "type": "sentence_transformers.models.Dense"})
    (folder / "modules.json").write_text(json.dumps(modules))


def rows_mean(model, texts):
    """What Model2Vec gives before it normalises."""
    return StaticModel(model.embedding, model.tokenizer, normalize=False).encode(texts)


main()
