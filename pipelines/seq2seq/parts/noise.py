"""What mBART learns to undo (Liu et al. 2020; Lewis et al. 2020, text infilling and sentence permutation)."""

import math
import random
import re

SHARE, MEAN_LENGTH = 0.35, 3.5
END = re.compile(r"(?<=[.!?。！？])\s+")


def permute_sentences(text: str, chance: random.Random) -> str:
    sentences = END.split(text)
    return " ".join(chance.sample(sentences, len(sentences)))


def mask_spans(tokens: list[int], mask: int, chance: random.Random) -> list[int]:
    """Of all tokens 35 % go, in spans of lengths by Poisson's distribution; one mask stands for each.

    A span of length 0 puts a mask between two tokens. Lengths are of tokens, not of words: Chinese has no spaces.
    """
    hidden = round(SHARE * len(tokens))
    lengths = draw_lengths(hidden, chance)
    kept = len(tokens) - hidden
    # Spans stand between kept tokens, no two at one place as long as there are enough.
    places = chance.sample(range(kept + 1), len(lengths)) if len(lengths) <= kept + 1 else [0] * len(lengths)
    noised, at, left = [], 0, 0
    for place, length in sorted(zip(places, lengths)):
        noised += [*tokens[at : at + place - left], mask]
        at, left = at + place - left + length, place
    return noised + tokens[at:]


def draw_lengths(total: int, chance: random.Random) -> list[int]:
    """Lengths that add up to the total; the last one is cut to fit."""
    lengths: list[int] = []
    while sum(lengths) < total:
        lengths.append(min(poisson(chance), total - sum(lengths)))
    return lengths


def poisson(chance: random.Random) -> int:
    """Knuth's way: how many uniform numbers can be multiplied before the product falls below e^-mean."""
    count, product = 0, chance.random()
    while product > math.exp(-MEAN_LENGTH):
        count, product = count + 1, product * chance.random()
    return count
