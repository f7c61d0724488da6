"""Searches two raw float32 matrices both ways with FAISS IndexIVFFlat or HNSW, once for each line on standard input.

A line is JSON: {"engine": "ivf" | "hnsw", "size": lists by the root of the rows, or M, "effort": probes or efSearch,
"output": path}. Indexes are built for the first line of an engine and size; seconds are those of building and of searching
both ways, the latter by the share of the rows that is looked up. Neighbours of the sampled rows, source's first, go to the
output as int32.
"""

import json
import os
import sys
import time

import faiss
import numpy as np

folder, dimensions, k, queries = sys.argv[1], *map(int, sys.argv[2:5])
share = float(sys.argv[5])
faiss.omp_set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
source, target = (
    np.fromfile(os.path.join(folder, name), np.float32).reshape(-1, dimensions)
    for name in ("source.f32", "target.f32")
)


def build(engine, size, base):
    if engine == "hnsw":
        index = faiss.IndexHNSWFlat(dimensions, size, faiss.METRIC_INNER_PRODUCT)
        index.hnsw.efConstruction = 80
    else:
        lists = max(1, int(size * len(base) ** 0.5))
        quantizer = faiss.IndexFlatIP(dimensions)
        index = faiss.IndexIVFFlat(quantizer, dimensions, lists, faiss.METRIC_INNER_PRODUCT)
        index.cp.niter = 10
        index.cp.max_points_per_centroid = 64
        index.train(base)
    index.add(base)
    return index


def spread(count, rows):
    return np.arange(count) * rows // count


# The rows whose recall is measured are looked up apart where not all are.
asked = [rows if share == 1 else rows[spread(int(len(rows) * share), len(rows))] for rows in (source, target)]


def sampled(index, rows, found):
    wanted = spread(queries, len(rows))
    return (found[wanted] if share == 1 else index.search(rows[wanted], k)[1]).astype(np.int32)


built = {}
for line in sys.stdin:
    order = json.loads(line)
    engine, size, effort = order["engine"], order["size"], order["effort"]
    if (engine, size) not in built:
        built = {}
        start = time.perf_counter()
        built[engine, size] = (build(engine, size, target), build(engine, size, source))
        building = time.perf_counter() - start
    of_target, of_source = built[engine, size]
    for index in (of_target, of_source):
        if engine == "hnsw":
            index.hnsw.efSearch = effort
        else:
            index.nprobe = effort
    start = time.perf_counter()
    _, forward = of_target.search(asked[0], k)
    _, backward = of_source.search(asked[1], k)
    searching = (time.perf_counter() - start) / share
    found = [sampled(of_target, source, forward), sampled(of_source, target, backward)]
    np.concatenate(found).tofile(order["output"])
    print(json.dumps({"build": building, "search": searching}), flush=True)
