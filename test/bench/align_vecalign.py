"""Aligns documents with the package vecalign, from files of block vectors; answers each line of JSON with one.

The package is that of https://github.com/thompsonb/vecalign (2.0.0): `pip install ./vecalign` in a clone of it.
"""

import json
import sys
import time
from math import ceil
from random import seed

import numpy as np
from vecalign.dp_utils import make_alignment_types, vecalign

MAX_SIZE = 8
WIDTH = ceil(MAX_SIZE / 2) + 5


def read(path, longest, dimensions):
    """Sentences × sizes as we have them; vecalign wants sizes × sentences."""
    blocks = np.fromfile(path, dtype=np.float32).reshape(-1, longest, dimensions)
    return np.ascontiguousarray(blocks.transpose(1, 0, 2))


for line in sys.stdin:
    asked = json.loads(line)
    source, target = (read(asked[side], asked["longest"], asked["dimensions"]) for side in ("source", "target"))
    seed(42)
    np.random.seed(42)
    start = time.perf_counter()
    # As its command line calls it with --alignment_max_size 8; 7 sizes of blocks are all that it uses.
    stack = vecalign(
        vecs0=source,
        vecs1=target,
        final_alignment_types=make_alignment_types(MAX_SIZE),
        del_percentile_frac=0.2,
        width_over2=WIDTH,
        max_size_full_dp=300,
        costs_sample_size=20000,
        num_samps_for_norm=100,
    )
    seconds = time.perf_counter() - start
    found = [[[int(i) for i in x], [int(i) for i in y]] for x, y in stack[0]["final_alignments"]]
    print(json.dumps({"seconds": seconds, "found": found}), flush=True)
