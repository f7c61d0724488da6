"""Writes what fastText's Python package answers, as label⇥score⇥text, for the lines of the files named:

    python3 test/clean/language/python_answers.py MODEL FILE... > test/clean/language/python-answers.tsv

Needs fasttext-predict or fasttext.
"""

import sys

import fasttext

model = fasttext.load_model(sys.argv[1])
for path in sys.argv[2:]:
    for line in open(path, encoding="utf-8"):
        text = line.rstrip("\n")
        labels, scores = model.predict(text)
        print(labels[0].removeprefix("__label__"), repr(float(scores[0])), text, sep="\t")
