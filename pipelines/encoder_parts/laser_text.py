"""What LASER does to a text before SentencePiece, as steps of a tokenizer.json: the normaliser of `laser_encoders` 0.0.2.

Characters of the category C are spaces; then come the rules of Moses's normalize-punctuation.perl (Koehn et al. 2007) for
English, whatever the language is, with its quotes of release 4.0; then lower case. A step's replacement is fixed here, so
what a rule carries over is looked at, not matched.
"""

from .charsmap import APART, GONE, replace, replace_regex

SPACES = replace_regex(" +", " ")
FIXED = "\u00a0"  # a space that does not break
LETTER = "[a-zA-Z]"


def between(before: str, character: str, after: str, by: str) -> list[dict]:
    """What stands between two characters, each of which belongs to one match only: of `a’b’c` the first is replaced."""
    return [
        replace_regex(rf"{before}\K{character}(?={after})", APART),
        replace_regex(rf"{APART}{before}\K{APART}", character),
        replace(APART, by),
    ]


def each(characters: str, by: str) -> dict:
    return replace_regex(f"[{characters}]", by)


def laser_steps() -> list[dict]:
    return [
        replace_regex(r"\p{C}", " "),
        replace("(", " ("),
        replace(")", ") "),
        SPACES,
        replace_regex(r"(?<=\)) (?=[.!:?;,])", ""),
        replace("( ", "("),
        replace(" )", ")"),
        replace_regex(r"(?<=\p{Nd}) (?=%)", ""),
        replace(" :", ":"),
        replace(" ;", ";"),
        replace("`", "'"),
        replace("''", ' " '),
        each("„“”", '"'),
        replace("–", "-"),
        replace("—", " - "),
        SPACES,
        replace("´", "'"),
        *between(LETTER, "‘", LETTER, "'"),
        *between(LETTER, "’", LETTER, "'"),
        each("‘‚’", '"'),
        replace("''", '"'),
        replace("…", "..."),
        replace(f"{FIXED}«{FIXED}", ' "'),
        replace(f"«{FIXED}", '"'),
        replace("«", '"'),
        replace(f"{FIXED}»{FIXED}", '" '),
        replace(f"{FIXED}»", '"'),
        replace("»", '"'),
        replace_regex(f"{FIXED}(?=[%:?!;])", ""),
        replace_regex(f"(?<=nº){FIXED}|{FIXED}(?=ºC|cm)|(?<=,){FIXED}", " "),
        SPACES,
        # A quote goes behind the full stops and commas that follow it.
        replace_regex('"(?=[,.])', APART),
        replace_regex(rf"{APART}[,.]+\K", GONE),
        replace(APART, ""),
        replace(GONE, '"'),
        *between(r"\p{Nd}", FIXED, r"\p{Nd}", "."),
        {"type": "Strip", "strip_left": True, "strip_right": True},
        # The library lower-cases each letter for itself; a sigma at the end of a word is another letter.
        replace_regex(r"(?<=\p{Cased}\p{Case_Ignorable}*)Σ(?!\p{Case_Ignorable}*\p{Cased})", "ς"),
        {"type": "Lowercase"},
    ]
