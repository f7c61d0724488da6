"""Checks what noise and drawing promise, by formulas and a table worked by hand; needs nothing but Python."""

import random
import sys

sys.path.insert(0, "pipelines/seq2seq")
from parts.draw import counts_of, draw
from parts.noise import mask_spans, permute_sentences, poisson

MASK = -1

chance = random.Random(29)
for length in [0, 1, 2, 3, 10, 57, 126]:
    for _ in range(200):
        tokens = list(range(length))
        kept = [token for token in mask_spans(tokens, MASK, chance) if token != MASK]
        assert kept == sorted(set(kept)), "the tokens that stay are in their order"
        assert length - len(kept) == round(0.35 * length), "of all tokens 35 % are hidden"

# Of hidden tokens there are 35, in spans of 3.5 at the mean: about ten masks, more for those of length 0.
masks = [mask_spans(list(range(100)), MASK, chance).count(MASK) for _ in range(2000)]
assert 10 < sum(masks) / len(masks) < 11.5, sum(masks) / len(masks)

lengths = [poisson(chance) for _ in range(20_000)]
mean = sum(lengths) / len(lengths)
variance = sum((length - mean) ** 2 for length in lengths) / len(lengths)
assert abs(mean - 3.5) < 0.06 and abs(variance - 3.5) < 0.2, "mean and variance of Poisson's distribution are one number"

assert permute_sentences("One alone", chance) == "One alone"
assert {permute_sentences("A b. C!", chance) for _ in range(50)} == {"A b. C!", "C! A b."}

# 100^0.5 = 10 and 400^0.5 = 20 of 30 together, of 500 texts: 167 and 333.
assert counts_of([100, 400, 0], 0.5) == [167, 333, 0]
assert counts_of([100, 400], 1.0) == [100, 400]
drawn = draw(3, 7, chance)
assert sorted(drawn.count(i) for i in range(3)) == [2, 2, 3], "each as often as any other but for one time"
