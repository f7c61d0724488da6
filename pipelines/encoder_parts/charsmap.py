"""SentencePiece's character map as steps of a tokenizer.json, exactly.

SentencePiece replaces the longest key at each place of a text (Kudo & Richardson 2018). The step Precompiled of the
tokenizers library has the same map, but takes the shortest key of each grapheme of up to five bytes, drops what follows
it there, and takes single characters of longer graphemes: marks are lost or stay apart. So it is given characters one by
one here, and what belongs together is composed after it.
"""

import base64
import struct
import unicodedata

import numpy as np

# Noncharacters, which no text has.
APART, GONE, OTHER = "\ufdd0", "\ufdd1", "\ufdd2"
# What may be composed with the character before it; of the vowels and finals of Hangul (Jamo) those in use today.
MARKS = r"\p{M}\x{1161}-\x{1175}\x{11a8}-\x{11c2}"
HALF_WIDTH_MARKS = "\uff9e\uff9f"


def read_rules(charsmap: bytes) -> dict[str, str]:
    """The map's keys and values: a double-array trie (Aoe 1989) in the layout of Darts-clone, then the values' bytes."""
    (size,) = struct.unpack("<I", charsmap[:4])
    units = np.frombuffer(charsmap, "<u4", size // 4, 4)
    values = charsmap[4 + size :]
    bases = np.array([0]) ^ offsets(units[:1])
    keys = [b""]
    rules = {}
    while keys:
        next_bases, next_keys = [], []
        for byte in range(1, 256):
            children = bases ^ byte
            found = np.flatnonzero((units[children % len(units)] & 0x800000FF) == byte)
            nodes = children[found]
            below = nodes ^ offsets(units[nodes])
            for i, node, base in zip(found, nodes, below):
                key = keys[i] + bytes([byte])
                next_keys.append(key)
                if units[node] >> 8 & 1:
                    start = int(units[base] & 0x7FFFFFFF)
                    rules[key.decode()] = values[start : values.index(b"\0", start)].decode()
            next_bases.append(below)
        bases, keys = np.concatenate(next_bases), next_keys
    return rules


def offsets(units: np.ndarray) -> np.ndarray:
    return (units >> 10).astype(np.int64) << ((units & 0x200) >> 6).astype(np.int64)


def charsmap_steps(charsmap: bytes) -> list[dict]:
    """Steps of a normaliser that do what SentencePiece does with that map."""
    if not charsmap:
        return []
    rules = read_rules(charsmap)
    # No part of these keys is replaced alone, so that composing is all there is to do.
    whole = [key for key in rules if len(key) > 1 and not any(character in rules for character in key)]
    composed = {key for key in whole if unicodedata.normalize("NFC", key) == rules[key]}
    begin = {key[0] for key in rules if len(key) > 1}
    deleted = [key for key, value in rules.items() if len(key) == 1 and value == ""]
    longer = [key for key, value in rules.items() if len(key) == 1 < len(value) and key not in begin]
    steps = [
        # The characters that the steps put into a text, if one has them, become others that no vocabulary knows.
        replace_regex(f"[{escape(APART + GONE)}]", OTHER),
        # The library cannot change a text's first character in every way.
        {"type": "Prepend", "prepend": APART},
    ]
    # What follows a deleted character, or one that becomes several, is not composed with what it then stands after.
    if deleted:
        steps.append(replace_regex(f"[{escape(''.join(deleted))}]", GONE))
    if longer:
        steps.append(replace_regex(rf"(?<=[{escape(''.join(longer))}])(?=[{MARKS}])", GONE))
    steps += [
        replace_regex(rf"(?=[\p{{M}}{escape(HALF_WIDTH_MARKS)}])", APART),
        {"type": "Precompiled", "precompiled_charsmap": base64.b64encode(charsmap).decode()},
        replace(APART, ""),
    ]
    # Characters too new for the library, or for this Python, to be composed.
    steps += [replace(key, rules[key]) for key in sorted(whole, key=len, reverse=True) if key not in composed]
    if composed:
        firsts = escape("".join({key[0] for key in composed}))
        seconds = escape("".join({key[1] for key in composed}))
        # A key of the map, or one character, whole.
        chunk = rf"(?>(?=[{firsts}][{seconds}]){any_of(composed)}|[\s\S])"
        steps += [
            replace_regex(rf"\G(?>(?:{chunk}(?![{MARKS}]))*){chunk}\K(?=[{MARKS}])", APART),
            {"type": "NFC"},
            replace(APART, ""),
        ]
    return [*steps, replace(GONE, "")]


def any_of(words: "set[str] | frozenset[str]") -> str:
    """A regular expression of the longest of these words."""
    rests: dict[str, set[str]] = {}
    for word in words:
        if word:
            rests.setdefault(word[0], set()).add(word[1:])
    alike: dict[frozenset[str], list[str]] = {}
    for first, rest in rests.items():
        alike.setdefault(frozenset(rest), []).append(first)
    branches = [
        f"[{escape(''.join(firsts))}]" + (any_of(rest) if rest != {""} else "")
        for rest, firsts in sorted(alike.items(), key=lambda item: sorted(item[1]))
    ]
    return f"(?:{'|'.join(branches)})" + ("?" if "" in words else "")


def escape(characters: str) -> str:
    return "".join(f"\\x{{{ord(character):x}}}" for character in sorted(characters))


def replace(text: str, by: str) -> dict:
    return {"type": "Replace", "pattern": {"String": text}, "content": by}


def replace_regex(pattern: str, by: str) -> dict:
    return {"type": "Replace", "pattern": {"Regex": pattern}, "content": by}
