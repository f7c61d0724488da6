"""Answers each line, a JSON list of texts, with the labels and scores of fastText's Python package, and its seconds.

Needs fasttext-predict or fasttext. The model is the first argument.
"""

import json
import sys
import time

import fasttext

model = fasttext.load_model(sys.argv[1])
for line in sys.stdin:
    texts = json.loads(line)
    started = time.perf_counter()
    answers = [model.predict(text) for text in texts]
    seconds = time.perf_counter() - started
    labels = [found[0].removeprefix("__label__") for found, _ in answers]
    scores = [float(found[0]) for _, found in answers]
    print(json.dumps({"labels": labels, "scores": scores, "seconds": seconds}), flush=True)
