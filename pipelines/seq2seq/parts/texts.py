"""Texts and bitexts: lines of files, and of which languages they are."""

import bz2
import gzip
import lzma
import pathlib
import re

from encoder_parts.refusal import Refusal

OPENERS = {".gz": gzip.open, ".xz": lzma.open, ".bz2": bz2.open}
PAIR = re.compile(r"(.+)-(.+)\.tsv")


def read_lines(path: pathlib.Path) -> list[str]:
    """The lines that have letters or signs."""
    try:
        with OPENERS.get(path.suffix, open)(path, "rt", encoding="utf-8") as file:
            lines = [line.strip() for line in file]
    except FileNotFoundError:
        raise Refusal(f"{path}: no such file; expected a file with a text a line.") from None
    except (OSError, EOFError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise Refusal(f"{path}: cannot be read as text in UTF-8 ({error}).") from None
    return [line for line in lines if line]


def split_lines(data: bytes, name: str) -> list[str]:
    """All lines, empty ones too; a form feed or U+2028 ends none, so that line n stays line n."""
    try:
        lines = data.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        raise Refusal(f"{name}, line {number}: is no text in UTF-8 ({error.reason}).") from None
    return [line.removesuffix("\r") for line in (lines if lines[-1] else lines[:-1])]


def language_of(path: pathlib.Path) -> str:
    """The last part of a file's name that is no format: `de` of `news.de.gz` and of `de.txt`."""
    parts = [part for part in path.name.split(".") if f".{part}" not in OPENERS and part != "txt"]
    return parts[-1]


def read_bitext(folder: pathlib.Path) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """The pairs of each pair of languages, `XX-YY.tsv` with lines `source⇥target`."""
    bitext = {}
    for path in sorted(folder.glob("*.tsv")):
        named = PAIR.fullmatch(path.name)
        if not named or named[1] == named[2]:
            raise Refusal(f"{path}: is named after no two languages; expected a name such as de-en.tsv.")
        bitext[named[1], named[2]] = read_pairs(path)
    if not any(bitext.values()):
        raise Refusal(f"{folder}: has no pairs; expected files such as de-en.tsv, a line source⇥target a pair.")
    return bitext


def read_pairs(path: pathlib.Path) -> list[tuple[str, str]]:
    pairs = []
    with open(path, encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, 1):
            sides = [side.strip() for side in line.rstrip("\n").split("\t")[:2]]
            if len(sides) < 2 or not all(sides):
                raise Refusal(f"{path}, line {number}: has one text only; expected source⇥target.")
            pairs.append((sides[0], sides[1]))
    return pairs
