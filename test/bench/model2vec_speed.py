"""Encodes a JSON array of texts with a Model2Vec folder each time it is asked, and tells the seconds."""

import json
import sys
import time

from model2vec import StaticModel

folder, texts_path = sys.argv[1:]
model = StaticModel.from_pretrained(folder)
with open(texts_path, encoding="utf-8") as file:
    texts = json.load(file)
for _ in sys.stdin:
    start = time.perf_counter()
    model.encode(texts)
    print(json.dumps({"seconds": time.perf_counter() - start}), flush=True)
