"""A translator's training: all pairs in both directions (Tran et al. 2020)."""

import argparse
import random
from array import array

from encoder_parts.refusal import Refusal

from .batches import Example, by_tokens
from .draw import counts_of, draw
from .languages import code_of, decoder_prefix, read_as

HELD_OUT, SMALLEST_SHARE = 500, 20


class Translation:
    """A bitext of several pairs of languages, as token numbers; some pairs are held out of each.

    Memory: 4 bytes a token, and some 500 a pair.
    """

    def __init__(self, model, tokenizer, bitext: dict[tuple[str, str], list[tuple[str, str]]], options: argparse.Namespace):
        self.options, self.end = options, tokenizer.eos_token_id
        chance = random.Random(options.seed)
        self.groups: list[list[Example]] = []
        self.held_out: list[Example] = []
        self.left_out = 0
        for languages, pairs in bitext.items():
            sides = [self.side(model, tokenizer, language, [pair[i] for pair in pairs]) for i, language in enumerate(languages)]
            fitting = [pair for pair in zip(*sides) if all(example.size <= options.max_tokens for example in both(*pair))]
            self.left_out += len(pairs) - len(fitting)
            shuffled = chance.sample(fitting, len(fitting))
            aside = min(HELD_OUT, len(fitting) // SMALLEST_SHARE)
            self.held_out += [example for pair in shuffled[:aside] for example in both(*pair)]
            self.groups += [[both(*pair)[direction] for pair in shuffled[aside:]] for direction in (0, 1)]
        if not self.held_out:
            raise Refusal(
                f"The bitext has too few pairs: expected {SMALLEST_SHARE} of two languages at least, to hold one out; "
                f"{self.left_out} with a text of more than {options.max_tokens} tokens are left out."
            )

    def side(self, model, tokenizer, language: str, texts: list[str]) -> list[Example]:
        """Of each text what the encoder reads; and as a translation, what the decoder begins with and has to write."""
        code = code_of(tokenizer, language, self.options.code)
        read_as(tokenizer, code)
        prefix = decoder_prefix(model, tokenizer, code)
        sources = tokenizer(texts, verbose=False)["input_ids"]
        targets = tokenizer(texts, add_special_tokens=False, verbose=False)["input_ids"]
        return [Example(array("i", source), prefix, array("i", [*target, self.end])) for source, target in zip(sources, targets)]

    def batches_of(self, number: int) -> list[list[Example]]:
        """One pass: as many pairs as there are, in both directions, of pairs of languages in proportion to size^x."""
        chance = random.Random(f"{self.options.seed} {number}")
        counts = counts_of([len(group) for group in self.groups], self.options.exponent)
        drawn = [group[i] for group, count in zip(self.groups, counts) for i in draw(len(group), count, chance)]
        return by_tokens(drawn, self.options.batch_tokens, chance)


def both(x: Example, y: Example) -> tuple[Example, Example]:
    return Example(x.source, y.prefix, y.target), Example(y.source, x.prefix, x.target)
