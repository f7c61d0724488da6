"""Translation pairs, tokenised once into files that are mapped into memory."""

import collections
import dataclasses
import hashlib
import json
import lzma
import pathlib
import shutil

import numpy as np
from encoder_parts.refusal import Refusal
from tokenizers import Tokenizer

from .network import LONGEST

TEXTS_AT_ONCE = 20_000
HELD_OUT = 50
"""One English text of so many is held out, with all its translations."""


@dataclasses.dataclass
class Pairs:
    """Texts are numbered, equal ones once; a text's pieces are ids[offsets[n] : offsets[n + 1]]."""

    ids: np.ndarray
    offsets: np.ndarray
    pairs: np.ndarray
    """Pairs × (English text, other text, language)."""
    held_out: np.ndarray
    languages: list[str]
    identity: str
    """Of files and tokenizer."""


def read_pairs(files: list[pathlib.Path], tokenizer: dict, folder: pathlib.Path) -> Pairs:
    """What the folder has of these files and this tokenizer, which is made first where it is not there."""
    identity = digest(files, tokenizer)
    told = folder / "prepared.json"
    if not (told.exists() and json.loads(told.read_text())["identity"] == identity):
        prepare(files, tokenizer, folder, identity)
    held = json.loads(told.read_text())
    print(held["told"], flush=True)
    ids, offsets, pairs, held_out = (np.load(folder / f"{name}.npy", mmap_mode="r") for name in ("ids", "offsets", "pairs", "held_out"))
    return Pairs(ids, np.asarray(offsets), np.asarray(pairs), np.asarray(held_out), held["languages"], identity)


def prepare(files: list[pathlib.Path], tokenizer: dict, folder: pathlib.Path, identity: str) -> None:
    numbers: dict[str, int] = {}
    pairs: dict[tuple[int, int, int], None] = {}
    left_out = collections.Counter()
    for language, path in enumerate(files):
        for english, other in read_lines(path):
            if not (english and other):
                left_out["without a text"] += 1
                continue
            pair = (numbers.setdefault(english, len(numbers)), numbers.setdefault(other, len(numbers)), language)
            if pair in pairs:
                left_out["that stand twice"] += 1
            pairs[pair] = None
    texts = list(numbers)
    ids, offsets, cut = tokenise(texts, tokenizer)
    table = np.array(list(pairs), np.int32).reshape(-1, 3)
    empty = np.diff(offsets) == 0
    some = ~(empty[table[:, 0]] | empty[table[:, 1]])
    left_out["without a piece"] += int((~some).sum())
    table = table[some]
    if not len(table):
        raise Refusal(f"{', '.join(map(str, files))}: no pairs; expected lines origin⇥English⇥other.")
    held_out = np.array([is_held_out(texts[number]) for number in table[:, 0]])
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in left_out.items() if count)
    told = f"{len(table):,} pairs of {len(texts):,} texts, {held_out.sum():,} of them held out; left out: {reasons or 'none'}; cut to {LONGEST} pieces: {cut:,} texts"
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for name, array in (("ids", ids), ("offsets", offsets), ("pairs", table), ("held_out", held_out)):
        np.save(part / f"{name}.npy", array)
    languages = [language_of(path) for path in files]
    (part / "prepared.json").write_text(json.dumps({"identity": identity, "languages": languages, "told": told}) + "\n")
    shutil.rmtree(folder, ignore_errors=True)
    part.rename(folder)


def read_lines(path: pathlib.Path):
    opened = lzma.open if path.suffix == ".xz" else open
    try:
        with opened(path, "rt", encoding="utf-8", newline="\n") as file:
            for number, line in enumerate(file, 1):
                columns = line.rstrip("\n").split("\t")
                if len(columns) != 3:
                    raise Refusal(f"{path}, line {number}: has {len(columns)} columns; expected origin⇥English⇥other.")
                yield columns[1].strip(), columns[2].strip()
    except FileNotFoundError:
        raise Refusal(f"{path}: is not there; expected pairs, a line origin⇥English⇥other.") from None
    except (lzma.LZMAError, EOFError, UnicodeDecodeError) as error:
        raise Refusal(f"{path}: is no text in UTF-8, or damaged ({error}).") from None


def language_of(path: pathlib.Path) -> str:
    """`en-de.tsv.xz` is of `de`."""
    return path.name.split(".")[0].split("-")[-1]


def tokenise(texts: list[str], tokenizer: dict) -> tuple[np.ndarray, np.ndarray, int]:
    """All texts' pieces, where each begins, and how many texts were cut."""
    opened = Tokenizer.from_str(json.dumps(tokenizer))
    found, lengths, cut = [], [0], 0
    for first in range(0, len(texts), TEXTS_AT_ONCE):
        for text in opened.encode_batch_fast(texts[first : first + TEXTS_AT_ONCE], add_special_tokens=False):
            pieces = np.array(text.ids[:LONGEST], np.uint32)
            cut += len(text.ids) > LONGEST
            found.append(pieces)
            lengths.append(len(pieces))
    return np.concatenate(found) if found else np.zeros(0, np.uint32), np.cumsum(lengths), cut


def is_held_out(english: str) -> bool:
    """By letters and digits alone, so that variants of a text are held out together."""
    letters = "".join(filter(str.isalnum, english.lower()))
    return int.from_bytes(hashlib.sha256(letters.encode()).digest()[:4], "big") % HELD_OUT == 0


def digest(files: list[pathlib.Path], tokenizer: dict) -> str:
    held = hashlib.sha256(json.dumps([tokenizer, LONGEST, HELD_OUT]).encode())
    for path in files:
        if not path.exists():
            raise Refusal(f"{path}: is not there; expected pairs, a line origin⇥English⇥other.")
        held.update(f"\0{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return held.hexdigest()
