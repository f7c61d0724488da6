"""Checks the learning rate by hand: it rises over the warm-up or a tenth of training, and falls linearly to 0."""

import math
import sys

sys.path[:0] = ["pipelines", "pipelines/seq2seq"]
from parts.recipe import Progress, Recipe

REST = {"smoothing": 0, "accumulate": 1, "batch_tokens": 9, "validate_every": 9, "patience": 9, "bfloat16": False, "seed": 0}


def rates(steps: int, warmup: int, at: list[Progress], minutes: float | None = None) -> list[float]:
    recipe = Recipe(steps=steps, minutes=minutes, learning_rate=1.0, warmup=warmup, **REST)
    return [recipe.rate(progress) for progress in at]


def near(found: list[float], expected: list[float]) -> bool:
    return all(math.isclose(x, y) for x, y in zip(found, expected, strict=True))


steps = [Progress(step=step) for step in (0, 4, 9, 50)]
assert near(rates(100, 5, steps), [1 / 5, 0.96, 0.91, 0.5])
# Ten steps are a tenth of a hundred; after 4 of them, 40 % of the rate, of which 4 % have fallen.
assert near(rates(100, 1000, steps), [1 / 1000, 0.4 * 0.96, 0.9 * 0.91, 0.5])
# Of ten minutes, half a minute is half of a tenth.
assert near(rates(100_000, 1000, [Progress(step=1, seconds=30)], minutes=10), [0.5 * 0.95])
