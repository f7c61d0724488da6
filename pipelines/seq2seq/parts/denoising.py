"""mBART's pre-training: texts that were spoiled, to be written as they were (Liu et al. 2020)."""

import argparse
import random
from array import array

from .batches import Example, by_tokens
from .draw import counts_of, draw
from .languages import code_of, decoder_prefix
from .noise import mask_spans, permute_sentences

HELD_OUT = 200


class Denoising:
    """Texts of several languages; each pass spoils them in another way."""

    def __init__(self, model, tokenizer, texts: dict[str, list[str]], options: argparse.Namespace):
        self.tokenizer, self.options = tokenizer, options
        chance = random.Random(options.seed)
        self.prefixes, self.texts, held_out = [], [], []
        for group, (language, lines) in enumerate(texts.items()):
            self.prefixes.append(decoder_prefix(model, tokenizer, code_of(tokenizer, language, {})))
            shuffled = chance.sample(lines, len(lines))
            aside = min(HELD_OUT, len(lines) // 2)
            held_out += [(group, text) for text in shuffled[:aside]]
            self.texts.append(shuffled[aside:])
        self.held_out = self.examples(held_out, chance)

    def batches_of(self, number: int) -> list[list[Example]]:
        """One pass: as many texts as there are, of languages in proportion to size^x."""
        chance = random.Random(f"{self.options.seed} {number}")
        counts = counts_of([len(lines) for lines in self.texts], self.options.exponent)
        drawn = [
            (group, self.texts[group][i])
            for group, count in enumerate(counts)
            for i in draw(len(self.texts[group]), count, chance)
        ]
        return by_tokens(self.examples(drawn, chance), self.options.batch_tokens, chance)

    def examples(self, drawn: list[tuple[int, str]], chance: random.Random) -> list[Example]:
        mask, end = self.tokenizer.mask_token_id, self.tokenizer.eos_token_id
        written = self.numbers([text for _, text in drawn])
        permuted = self.numbers([permute_sentences(text, chance) for _, text in drawn])
        made = []
        for (group, _), source, target in zip(drawn, permuted, written):
            spoiled = [*mask_spans(source, mask, chance), end, self.prefixes[group][-1]]
            made.append(Example(array("i", spoiled), self.prefixes[group], array("i", [*target, end])))
        return made

    def numbers(self, texts: list[str]) -> list[list[int]]:
        """Tokens of each text; those are cut off that have no room beside the end mark and the code."""
        cut = {"truncation": True, "max_length": self.options.max_tokens - 2}
        return self.tokenizer(texts, add_special_tokens=False, **cut)["input_ids"]


def tell_long(tokenizer, texts: dict[str, list[str]], longest: int) -> None:
    """Says how many texts are longer than the model."""
    for language, lines in texts.items():
        found = tokenizer(lines, verbose=False)["input_ids"]
        long = sum(len(ids) > longest for ids in found)
        print(f"{language}: {len(lines):,} texts, {long:,} of more than {longest} tokens are cut", flush=True)
