"""Builds a FAISS HNSW index over base.f32 and searches it for queries.f32; prints times and neighbours as JSON."""

import json
import os
import sys
import time

import faiss
import numpy as np

folder = sys.argv[1]
dimensions, links, build_effort, search_effort, k = map(int, sys.argv[2:])
faiss.omp_set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
base, queries = (
    np.fromfile(os.path.join(folder, name), np.float32).reshape(-1, dimensions)
    for name in ("base.f32", "queries.f32")
)
index = faiss.IndexHNSWFlat(dimensions, links, faiss.METRIC_INNER_PRODUCT)
index.hnsw.efConstruction = build_effort
index.hnsw.efSearch = search_effort
started = time.perf_counter()
index.add(base)
built = time.perf_counter()
_, neighbours = index.search(queries, k)
ended = time.perf_counter()
print(json.dumps({"build": built - started, "query": ended - built, "neighbours": neighbours.tolist()}))
