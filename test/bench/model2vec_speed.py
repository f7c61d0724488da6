"""Opens a Model2Vec folder anew and encodes a JSON array of texts each time it is asked; tells the seconds of the latter."""

import json
import sys
import time

from model2vec import StaticModel

folder, texts_path = sys.argv[1:]
with open(texts_path, encoding="utf-8") as file:
    texts = json.load(file)
for _ in sys.stdin:
    model = StaticModel.from_pretrained(folder)
    start = time.perf_counter()
    model.encode(texts)
    print(json.dumps({"seconds": time.perf_counter() - start}), flush=True)
