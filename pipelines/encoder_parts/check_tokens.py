"""Compares a folder's tokens with those of the libraries that it stands for."""

import pathlib
from collections.abc import Callable

import sentencepiece
from tokenizers import Tokenizer

from .sentencepiece_tokenizer import SentencePieceModel


def laser_reference(model: SentencePieceModel) -> Callable[[str], list[int]]:
    """Numbers of the pieces that `laser_encoders` cuts a text into; its own module imports fairseq."""
    from sacremoses import MosesPunctNormalizer
    from unicategories import categories

    unprinted = set(categories["C"].characters())
    punctuation = MosesPunctNormalizer("en", perl_parity=True)
    punctuation.substitutions[21] = ("‘", '"')
    punctuation.substitutions[22] = ("‚", '"')
    cut = sentencepiece_reference(model)

    def reference(text: str) -> list[int]:
        printed = "".join(" " if character in unprinted else character for character in text)
        return cut(punctuation.normalize(printed).lower())

    return reference


def sentencepiece_reference(model: SentencePieceModel) -> Callable[[str], list[int]]:
    processor = sentencepiece.SentencePieceProcessor(model_file=str(model.path))
    return processor.encode


def count_others(
    folder: pathlib.Path,
    text: pathlib.Path,
    reference: Callable[[str], list[int]],
    numbers: Callable[[list[int]], list[int]] = list,
) -> None:
    """Prints how many lines have other tokens; those put around a text are left out.

    The reference knows the folder's tokens by what `numbers` makes of theirs.
    """
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    lines = text.read_text(encoding="utf-8").split("\n")
    found = (numbers(tokenizer.encode(line, add_special_tokens=False).ids) for line in lines)
    others = [line for line, tokens in zip(lines, found) if tokens != reference(line)]
    print(f"{text}: {len(others)} of {len(lines)} lines have other tokens")
    for line in others[:5]:
        print(f"  {line}")
