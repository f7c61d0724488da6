"""BLEU and chrF of translations, with sacrebleu's signatures (Post 2018)."""

import argparse
import dataclasses
import pathlib
import re

from encoder_parts.refusal import Refusal
from sacrebleu.metrics import BLEU, CHRF

from .decode import translate
from .languages import code_of, read_tag
from .texts import split_lines

TOLD = re.compile(r"([^-=]+)-([^-=]+)=([^,]+),([^,]+)")
# All others' is 13a. sacrebleu's own choice for Japanese and Korean wants further packages.
TOKENIZERS = {"zh": "zh", "yue": "zh", "ja": "char", "ko": "char"}


@dataclasses.dataclass(frozen=True)
class TestSet:
    """Line n of one side translates line n of the other."""

    languages: tuple[str, str]
    sides: tuple[list[str], list[str]]


def read_test_set(told: str) -> TestSet:
    """`de-en=test.de,test.en`"""
    named = TOLD.fullmatch(told)
    if not named:
        raise Refusal(f"--translate-on {told}: expected two languages and two files, such as de-en=test.de,test.en.")
    paths = [pathlib.Path(path) for path in named.groups()[2:]]
    missing = [path for path in paths if not path.is_file()]
    if missing:
        raise Refusal(f"--translate-on: {missing[0]} is not there; expected a file with a text a line.")
    sides = [split_lines(path.read_bytes(), f"--translate-on: {path}") for path in paths]
    if len(sides[0]) != len(sides[1]) or not sides[0]:
        raise Refusal(f"--translate-on: {paths[0]} has {len(sides[0])} lines and {paths[1]} has {len(sides[1])}; expected as many.")
    return TestSet((named[1], named[2]), (sides[0], sides[1]))


def score_both_ways(model, tokenizer, test_sets: list[TestSet], options: argparse.Namespace) -> list[dict]:
    """Translates each test set in both directions, and prints what comes of it."""
    model.eval()
    how = {"beams": options.beams, "batch_tokens": options.batch_tokens, "told": options.code}
    scores = []
    for test_set in test_sets:
        for source in (0, 1):
            languages = (test_set.languages[source], test_set.languages[1 - source])
            print(f"translates {len(test_set.sides[source])} lines of {languages[0]} into {languages[1]}", flush=True)
            made, _ = translate(model, tokenizer, test_set.sides[source], languages, **how)
            code = code_of(tokenizer, languages[1], options.code)
            scores.append(score(made, test_set.sides[1 - source], languages, code))
    for one in scores:
        print(f"{one['from']}→{one['to']}: BLEU {one['bleu']:.1f} · chrF {one['chrf']:.1f} · {one['signatures']}", flush=True)
    return scores


def figures_of(scores: list[dict]) -> dict[str, float | str]:
    """What the loop is told of the encoder: `BLEU de-en` and so on."""
    told = {}
    for one in scores:
        told[f"BLEU {one['from']}-{one['to']}"] = round(one["bleu"], 2)
        told[f"chrF {one['from']}-{one['to']}"] = round(one["chrf"], 2)
        told[f"signature {one['from']}-{one['to']}"] = one["signatures"]
    return told


def score(made: list[str], references: list[str], languages: tuple[str, str], code: str) -> dict:
    """`code` is the token of the language that is translated into: zho_Hans."""
    bleu, chrf = BLEU(tokenize=TOKENIZERS.get(read_tag(code).language, "13a")), CHRF()
    scores = [metric.corpus_score(made, [references]).score for metric in (bleu, chrf)]
    return {
        "from": languages[0],
        "to": languages[1],
        "sentences": len(made),
        "bleu": scores[0],
        "chrf": scores[1],
        "signatures": f"BLEU {bleu.get_signature()} · chrF {chrf.get_signature()}",
    }
