"""Saves a Model2Vec encoder of random vectors for a tokenizer, and encodes a JSON array of texts with what it saved."""

import json
import sys

import numpy as np
from model2vec import StaticModel
from tokenizers import Tokenizer

DIMENSIONS = 64

tokenizer_path, texts_path, folder, vectors_path = sys.argv[1:]
tokenizer = Tokenizer.from_file(tokenizer_path)
rows = np.random.default_rng(1).standard_normal((tokenizer.get_vocab_size(), DIMENSIONS), np.float32)
StaticModel(rows, tokenizer, normalize=True).save_pretrained(folder)

with open(texts_path, encoding="utf-8") as file:
    texts = json.load(file)
StaticModel.from_pretrained(folder).encode(texts).astype(np.float32).tofile(vectors_path)
