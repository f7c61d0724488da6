"""Searches two raw float32 matrices both ways with FAISS IndexFlatIP, once for each line on standard input."""

import json
import os
import sys
import time

import faiss
import numpy as np

folder, dimensions, k = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
faiss.omp_set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
source, target = (
    np.fromfile(os.path.join(folder, name), np.float32).reshape(-1, dimensions)
    for name in ("source.f32", "target.f32")
)


def search(base, queries):
    index = faiss.IndexFlatIP(dimensions)
    index.add(base)
    return index.search(queries, k)


for _ in sys.stdin:
    start = time.perf_counter()
    _, forward = search(target, source)
    search(source, target)
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "nearest": forward[:, 0].tolist()}), flush=True)
