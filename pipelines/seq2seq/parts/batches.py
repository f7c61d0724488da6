"""Examples, and batches of them by their number of tokens."""

import dataclasses
import random
from collections.abc import Callable, Iterator, Sequence

import torch

IGNORED = -100
# So many batches are filled from examples in order of their length, and shuffled.
WINDOW = 64


@dataclasses.dataclass(frozen=True, slots=True)
class Example:
    """Token numbers: what the encoder reads, what the decoder begins with, and what it has to write."""

    source: Sequence[int]
    prefix: Sequence[int]
    target: Sequence[int]

    @property
    def size(self) -> int:
        return max(len(self.source), len(self.prefix) + len(self.target))


def by_tokens(examples: list[Example], tokens: int, chance: random.Random | None = None) -> list[list[Example]]:
    """Batches of at most so many tokens a side, padding included; in an order by chance if there is one."""
    examples = chance.sample(examples, len(examples)) if chance else examples
    average = sum(example.size for example in examples) / max(1, len(examples))
    window = max(1, round(WINDOW * tokens / max(1, average))) if chance else max(1, len(examples))
    batches: list[list[Example]] = []
    for first in range(0, len(examples), window):
        longest = 0
        batch: list[Example] = []
        for example in sorted(examples[first : first + window], key=lambda one: one.size):
            longest = max(longest, example.size)
            if batch and longest * (len(batch) + 1) > tokens:
                batches.append(batch)
                batch, longest = [], example.size
            batch.append(example)
        if batch:
            batches.append(batch)
    if chance:
        chance.shuffle(batches)
    return batches


def endless(batches_of: Callable[[int], list[list[Example]]], at: tuple[int, int]) -> Iterator[tuple[list[Example], tuple[int, int]]]:
    """The batches of one pass after the other from a place on, each with the place that follows it."""
    number, place = at
    while True:
        batches = batches_of(number)
        for i in range(place, len(batches)):
            yield batches[i], (number, i + 1)
        number, place = number + 1, 0


def tensors_of(batch: list[Example], padding: int, device: str) -> tuple[dict[str, torch.Tensor], torch.Tensor]:
    """The model's inputs and the tokens to be written (texts × tokens), IGNORED where there is none."""
    source = pad([example.source for example in batch], padding)
    given = pad([[*example.prefix, *example.target[:-1]] for example in batch], padding)
    wanted = pad([[*[IGNORED] * (len(example.prefix) - 1), *example.target] for example in batch], IGNORED)
    lengths = torch.tensor([[len(example.source)] for example in batch])
    mask = (torch.arange(source.shape[1]) < lengths).long()
    inputs = {"input_ids": source, "attention_mask": mask, "decoder_input_ids": given}
    return {name: value.to(device) for name, value in inputs.items()}, wanted.to(device)


def pad(rows: list[Sequence[int]], filler: int) -> torch.Tensor:
    longest = max(len(row) for row in rows)
    return torch.tensor([[*row, *[filler] * (longest - len(row))] for row in rows])
