"""Makes small models of every kind that fastText can write, and what its Python package answers with them.

    python test/clean/language/make_models.py

Needs fasttext. Run in the folder of the repository; writes test/clean/language/models/.
"""

import json
import os

import fasttext

FOLDER = "test/clean/language/models"
LABELS = {"de": "deu_Latn", "en": "eng_Latn", "fr": "fra_Latn"}
# What else a reader must get right: words in capitals, of no known piece, a label and the end of a line as words.
ODD = ["DIE FÄHRE", "ja", "日本語 と", "__label__deu_Latn the", "le </s> the", "the\tle\u000bdie", "x", "q9"]
KINDS = {
    "softmax-words.bin": dict(loss="softmax", maxn=0, wordNgrams=3, bucket=300),
    "softmax-pieces.bin": dict(loss="softmax", minn=1, maxn=3, bucket=300),
    "hierarchical.bin": dict(loss="hs", minn=2, maxn=4, bucket=300, wordNgrams=2),
    "one-vs-all.bin": dict(loss="ova", minn=2, maxn=3, bucket=300),
    "negative-sampling.bin": dict(loss="ns", minn=0, maxn=2, bucket=300),
}
PACKED = {
    "softmax-packed.ftz": (dict(loss="softmax", minn=2, maxn=3, bucket=600), dict(dsub=2)),
    "softmax-pruned.ftz": (dict(loss="softmax", minn=1, maxn=3, bucket=900), dict(cutoff=400, qnorm=True, dsub=3)),
    "hierarchical-pruned.ftz": (dict(loss="hs", minn=2, maxn=4, bucket=900, wordNgrams=2), dict(cutoff=300, dsub=2)),
    "output-packed.ftz": (dict(loss="softmax", minn=2, maxn=3, bucket=600), dict(qnorm=True, qout=True, dsub=2)),
    "one-vs-all-packed.ftz": (dict(loss="ova", minn=2, maxn=3, bucket=600), dict(qnorm=True, qout=True, dsub=2)),
}
# Lines of each language.
LINES = 60
# A packed output needs as many labels as there are centroids.
MANY = 256


def lines_of(code: str) -> list[str]:
    with open(f"samples/town.{code}", encoding="utf-8") as file:
        return file.read().splitlines()[:LINES]


def write_training(path: str, parts: int) -> None:
    """Each label is one of a language and, to have many of them, of a part of its lines."""
    with open(path, "w", encoding="utf-8") as file:
        for number, lines in enumerate(zip(*map(lines_of, LABELS))):
            for label, line in zip(LABELS.values(), lines):
                part = "" if parts == 1 else f"_x{number % parts}"
                file.write(f"__label__{label}{part} {line}\n")
        if parts > 1:
            for number in range(MANY):
                file.write(f"__label__filler_{number} filler {number}\n")


def main() -> None:
    os.makedirs(FOLDER, exist_ok=True)
    texts = [line for code in LABELS for line in lines_of(code)[:6]] + [" ".join(lines_of("de")[6:9])] + ODD
    answers = open("test/clean/language/models.tsv", "w", encoding="utf-8")
    shared = dict(dim=5, epoch=30, lr=0.5, thread=1, seed=1, minCount=2, verbose=0)
    for name, options in [*KINDS.items(), *((name, options) for name, (options, _) in PACKED.items())]:
        training = "/tmp/make-models.txt"
        packing = PACKED[name][1] if name in PACKED else None
        write_training(training, 12 if packing and packing.get("qout") else 1)
        model = fasttext.train_supervised(training, **{**shared, **options})
        if packing:
            model.quantize(input=training, **packing)
        model.save_model(f"{FOLDER}/{name}")
        model = fasttext.load_model(f"{FOLDER}/{name}")
        for text in texts:
            found = model.f.predict(text + "\n", 1, 0.0, "strict")
            score, label = found[0] if found else (0, "")
            answers.write(f"{name}\t{label}\t{score!r}\t{json.dumps(text, ensure_ascii=False)}\n")
    answers.close()


main()
