"""Mines two raw float32 matrices with FAISS and NumPy: ratio margin, k = 4, retrieval max. Prints source, target, score."""

import os
import sys

import faiss
import numpy as np

folder, dimensions, k = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
x, y = (
    np.fromfile(os.path.join(folder, name), np.float32).reshape(-1, dimensions)
    for name in ("source.f32", "target.f32")
)


def nearest(base, queries):
    index = faiss.IndexFlatIP(dimensions)
    index.add(base)
    _, neighbours = index.search(queries, k)
    cosines = np.einsum("nd,nkd->nk", queries.astype(np.float64), base[neighbours].astype(np.float64))
    return cosines, neighbours


forward_cosines, forward = nearest(y, x)
backward_cosines, backward = nearest(x, y)
mean_x, mean_y = forward_cosines.mean(axis=1), backward_cosines.mean(axis=1)
forward_scores = forward_cosines / ((mean_x[:, None] + mean_y[forward]) / 2)
backward_scores = backward_cosines / ((mean_y[:, None] + mean_x[backward]) / 2)

best = {}
for i, j in enumerate(forward_scores.argmax(axis=1)):
    best[(i, int(forward[i, j]))] = forward_scores[i, j]
for i, j in enumerate(backward_scores.argmax(axis=1)):
    best[(int(backward[i, j]), i)] = backward_scores[i, j]

used_x, used_y = set(), set()
for (i, j), score in sorted(best.items(), key=lambda item: (-item[1], item[0])):
    if i in used_x or j in used_y:
        continue
    used_x.add(i)
    used_y.add(j)
    print(i, j, f"{score:.8f}", sep="\t")
