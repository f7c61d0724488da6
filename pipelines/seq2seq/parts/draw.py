"""How much of each language, or pair of languages, a pass sees: in proportion to size^x (Arivazhagan et al. 2019)."""

import random


def counts_of(sizes: list[int], exponent: float) -> list[int]:
    """As many draws as there are examples in all, at least one of each group that has any."""
    weights = [size**exponent if size else 0 for size in sizes]
    total = sum(sizes)
    return [max(1, round(total * weight / sum(weights))) if weight else 0 for weight in weights]


def draw(size: int, count: int, chance: random.Random) -> list[int]:
    """So many of the numbers below size, each as often as any other but for one time."""
    drawn: list[int] = []
    while len(drawn) < count:
        drawn += chance.sample(range(size), min(size, count - len(drawn)))
    return drawn
