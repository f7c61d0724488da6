"""Texts that the tiny encoders' pieces are trained on and that their vectors are of."""

import itertools
import pathlib

import sentencepiece

WORDS = "the mill by river old bridge town house stands near a long road with stone walls and its garden".split()
OTHERS = "rock’n’roll l’été café 3 % (more) … „so“ 1 000 don’t naïve Ångström ΜΎΛΟΣ ποταμός мельница у реки".split(" ")
TRAINING = [
    " ".join(words) for words in itertools.islice(itertools.permutations([*WORDS, *OTHERS], 5), 0, 40_000_000, 100_003)
] + ["Millers mill; the milling of the mill's mills, 12:30. \"so\", she said: 'yes!'"] * 4

# A small character map in place of NFKC's: what is composed, what becomes something else, what is a space.
COMPOSED = [(f"{letter}{mark}", whole) for letter, mark, whole in ["e\u0301é", "i\u0308ï", "a\u030aå", "υ\u0301ύ"]]
RULES = [*COMPOSED, ("ﬁ", "fi"), ("²", "2"), ("\u00a0", " "), ("\u3000", " "), ("\u00ad", ""), ("o\u0323\u0302", "ộ")]

TEXTS = [
    "The mill by the river",
    "Rock’n’roll, l’été: don’t ‘so’ (more) …",
    "“Near the bridge”, she said — and „so“... 3 % of 1\u00a02\u00a03 (or 12\u00a0%)",
    "«\u00a0A house\u00a0» : «near» ; `garden' ''wall''",
    "ΜΎΛΟΣ ποταμός, Σ ΣΑΣ.",
    "Ångström, a\u030angstrom; cafe\u0301 naiü\u0308ve nai\u0308ve, ﬁ\u0301ne\u00ad\u0301 co\u0323\u0302t",
    "日本語 and </s> <unk> ▁the\tmill\u200bby\u00adit  \u3000 roads",
    "a",
    "",
    "the mill " * 30,
    "Мельница у реки",
]


def train_pieces(folder: pathlib.Path, name: str, **settings) -> sentencepiece.SentencePieceProcessor:
    (folder / "text").write_text("\n".join(TRAINING).lower(), encoding="utf-8")
    (folder / "rules").write_text(
        "\n".join("\t".join(" ".join(f"{ord(c):X}" for c in part) for part in rule) for rule in RULES), encoding="utf-8"
    )
    sentencepiece.SentencePieceTrainer.train(
        input=str(folder / "text"),
        model_prefix=str(folder / name),
        normalization_rule_tsv=str(folder / "rules"),
        minloglevel=2,
        **settings,
    )
    return sentencepiece.SentencePieceProcessor(model_file=str(folder / f"{name}.model"))
