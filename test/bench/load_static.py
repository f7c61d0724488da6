"""Whether model2vec and sentence-transformers give the vectors of a static folder that crisscross gives.

    crisscross embed TEXT --encoder FOLDER -o VECTORS.npy
    python test/bench/load_static.py FOLDER TEXT VECTORS.npy

Needs model2vec and sentence-transformers.
"""

import sys

import numpy as np
from model2vec import StaticModel
from sentence_transformers import SentenceTransformer

folder, text, vectors = sys.argv[1:]
with open(text, encoding="utf-8") as file:
    texts = [line.strip() for line in file]
ours = np.load(vectors)
filled = np.linalg.norm(ours, axis=1) > 0
for name, model in [
    ("model2vec", StaticModel.from_pretrained(folder)),
    ("sentence-transformers", SentenceTransformer(folder, device="cpu")),
]:
    theirs = np.asarray(model.encode(texts))
    print(f"{name}: {ours.shape}, largest difference {np.abs(ours - theirs)[filled].max():.1e}")
