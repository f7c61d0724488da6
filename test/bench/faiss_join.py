"""Searches two raw float32 matrices both ways with FAISS IndexIVFFlat or HNSW, once for each line on standard input.

A line is JSON: {"engine": "ivf" | "hnsw", "effort": probes or efSearch, "output": path}. Indexes are built for the first
line of an engine; seconds are those of building and of searching both ways. Neighbours of the sampled rows, source's
first, go to the output as int32.
"""

import json
import os
import sys
import time

import faiss
import numpy as np

folder, dimensions, k, queries = sys.argv[1], *map(int, sys.argv[2:])
faiss.omp_set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
source, target = (
    np.fromfile(os.path.join(folder, name), np.float32).reshape(-1, dimensions)
    for name in ("source.f32", "target.f32")
)


def build(engine, base):
    if engine == "hnsw":
        index = faiss.IndexHNSWFlat(dimensions, 16, faiss.METRIC_INNER_PRODUCT)
        index.hnsw.efConstruction = 80
    else:
        lists = max(1, int(4 * len(base) ** 0.5))
        quantizer = faiss.IndexFlatIP(dimensions)
        index = faiss.IndexIVFFlat(quantizer, dimensions, lists, faiss.METRIC_INNER_PRODUCT)
        index.cp.niter = 10
        index.cp.max_points_per_centroid = 64
        index.train(base)
    index.add(base)
    return index


def sampled(found):
    rows = np.arange(queries) * len(found) // queries
    return found[rows].astype(np.int32)


built = {}
for line in sys.stdin:
    order = json.loads(line)
    engine, effort = order["engine"], order["effort"]
    if engine not in built:
        start = time.perf_counter()
        built = {engine: (build(engine, target), build(engine, source))}
        building = time.perf_counter() - start
    of_target, of_source = built[engine]
    for index in (of_target, of_source):
        if engine == "hnsw":
            index.hnsw.efSearch = effort
        else:
            index.nprobe = effort
    start = time.perf_counter()
    _, forward = of_target.search(source, k)
    _, backward = of_source.search(target, k)
    searching = time.perf_counter() - start
    np.concatenate([sampled(forward), sampled(backward)]).tofile(order["output"])
    print(json.dumps({"build": building, "search": searching}), flush=True)
