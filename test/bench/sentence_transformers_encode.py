"""Encodes with sentence-transformers, once for each line on standard input: {"texts": FILE, "vectors": FILE or absent}.

The texts are a JSON array, the vectors raw float32. Answers {"seconds": ...}, the time of encoding alone.
"""

import json
import logging
import os
import sys
import time

os.environ["HF_HUB_OFFLINE"] = "1"

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from transformers.utils.logging import disable_progress_bar

logging.disable(logging.WARNING)
disable_progress_bar()
torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
model = SentenceTransformer(sys.argv[1], device="cpu")

for line in sys.stdin:
    request = json.loads(line)
    with open(request["texts"], encoding="utf-8") as file:
        texts = json.load(file)
    start = time.perf_counter()
    vectors = model.encode(texts, batch_size=32, show_progress_bar=False)
    seconds = time.perf_counter() - start
    if "vectors" in request:
        vectors.astype(np.float32).tofile(request["vectors"])
    print(json.dumps({"seconds": seconds}), flush=True)
