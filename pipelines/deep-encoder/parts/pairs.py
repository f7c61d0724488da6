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
ENGLISH = "english.txt"
LAYOUT = 2
"""Of the folder; another one is made anew."""
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
    """The pairs that are not trained on."""
    asked: np.ndarray
    """Those of them that are searched for at the end."""
    keys: np.ndarray
    """A number for each pair's English text, equal where letters and digits are."""
    came: np.ndarray
    """Which of these came from where: key and number of the origin, each once."""
    origins: list[str]
    languages: list[str]
    identity: str
    """Of files and tokenizer."""

    @property
    def english(self) -> np.ndarray:
        """The numbers of texts that are English in a pair, ascending."""
        return np.unique(self.pairs[:, 0])

    def holding_out(self, names: list[str]) -> "Pairs":
        """The same with all English texts held out, and asked for, that come from there, whatever else they come from."""
        unknown = [name for name in names if name not in self.origins]
        if unknown:
            raise Refusal(f"--hold-out: no pair comes from {', '.join(unknown)}; they come from {', '.join(self.origins)}.")
        from_there = np.isin(self.came[:, 1], [self.origins.index(name) for name in names])
        asked = np.isin(self.keys, self.came[from_there, 0])
        held_out = self.held_out | asked
        if held_out.all():
            raise Refusal("--hold-out: no pairs are left to train on. Name fewer origins.")
        return dataclasses.replace(self, held_out=held_out, asked=asked)


def read_pairs(files: list[pathlib.Path], tokenizer: dict, folder: pathlib.Path) -> Pairs:
    """What the folder has of these files and this tokenizer, which is made first where it is not there."""
    identity = digest(files, tokenizer)
    told = folder / "prepared.json"
    if not (told.exists() and json.loads(told.read_text())["identity"] == identity):
        prepare(files, tokenizer, folder, identity)
    held = json.loads(told.read_text())
    print(held["told"], flush=True)
    ids = np.load(folder / "ids.npy", mmap_mode="r")
    offsets, pairs, held_out, keys, came = (np.load(folder / f"{name}.npy") for name in ("offsets", "pairs", "held_out", "keys", "came"))
    return Pairs(ids, offsets, pairs, held_out, held_out, keys, came, held["origins"], held["languages"], identity)


def english_texts(folder: pathlib.Path) -> list[str]:
    """The texts that are English in a pair, in the order of their numbers."""
    return (folder / ENGLISH).read_bytes().decode().split("\n")[:-1]


def prepare(files: list[pathlib.Path], tokenizer: dict, folder: pathlib.Path, identity: str) -> None:
    numbers: dict[str, int] = {}
    origins: dict[str, int] = {}
    came: dict[tuple[int, int], None] = {}
    pairs: dict[tuple[int, int, int], None] = {}
    left_out = collections.Counter()
    for language, path in enumerate(files):
        for origin, english, other in read_lines(path):
            if not (english and other):
                left_out["without a text"] += 1
                continue
            pair = (numbers.setdefault(english, len(numbers)), numbers.setdefault(other, len(numbers)), language)
            if pair in pairs:
                left_out["that stand twice"] += 1
            pairs[pair] = None
            came[pair[0], origins.setdefault(origin, len(origins))] = None
    texts = list(numbers)
    ids, offsets, cut = tokenise(texts, tokenizer)
    table = np.array(list(pairs), np.int32).reshape(-1, 3)
    empty = np.diff(offsets) == 0
    some = ~(empty[table[:, 0]] | empty[table[:, 1]])
    left_out["without a piece"] += int((~some).sum())
    table = table[some]
    if not len(table):
        raise Refusal(f"{', '.join(map(str, files))}: no pairs; expected lines origin⇥English⇥other.")
    english = np.unique(table[:, 0])
    letters = {number: letters_of(texts[number]) for number in english.tolist()}
    numbered = {text: key for key, text in enumerate(dict.fromkeys(letters.values()))}
    keys = np.array([numbered[letters[number]] for number in table[:, 0].tolist()], np.int32)
    held_out = np.array([is_held_out(text) for text in numbered])[keys]
    arrays = {
        "ids": ids,
        "offsets": offsets,
        "pairs": table,
        "held_out": held_out,
        "keys": keys,
        "came": np.unique([(numbered[letters[number]], origin) for number, origin in came if number in letters], axis=0),
    }
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in left_out.items() if count)
    told = f"{len(table):,} pairs of {len(texts):,} texts, {held_out.sum():,} of them held out; left out: {reasons or 'none'}; cut to {LONGEST} pieces: {cut:,} texts"
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for name, array in arrays.items():
        np.save(part / f"{name}.npy", array)
    (part / ENGLISH).write_text("".join(f"{texts[number]}\n" for number in english), encoding="utf-8", newline="\n")
    languages = [language_of(path) for path in files]
    (part / "prepared.json").write_text(json.dumps({"identity": identity, "languages": languages, "origins": list(origins), "told": told}) + "\n")
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
                yield columns[0].strip(), columns[1].strip(), columns[2].strip()
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


def letters_of(text: str) -> str:
    """Its letters and digits alone, so that variants of a text are held out together."""
    return "".join(filter(str.isalnum, text.lower()))


def is_held_out(letters: str) -> bool:
    return int.from_bytes(hashlib.sha256(letters.encode()).digest()[:4], "big") % HELD_OUT == 0


def digest(files: list[pathlib.Path], tokenizer: dict) -> str:
    held = hashlib.sha256(json.dumps([tokenizer, LONGEST, HELD_OUT, LAYOUT]).encode())
    for path in files:
        if not path.exists():
            raise Refusal(f"{path}: is not there; expected pairs, a line origin⇥English⇥other.")
        held.update(f"\0{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return held.hexdigest()
