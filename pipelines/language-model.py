"""Makes src/clean/language/builtin.ftz, which tells the built-in encoder's languages apart in short sentences.

    python pipelines/language-model.py ../shared/data/parallel WORK_FOLDER \\
        et=et_EE.dic ro=ro_RO.dic sw=sw_TZ.dic     # below /usr/share/hunspell

Needs fasttext. The texts are the translation pairs that the built-in encoder was trained on. Those of some languages are
all from the Bible or from programs, so words of dictionaries are added: Debian's myspell-et, hunspell-ro, hunspell-sw.
"""

import glob
import lzma
import os
import random
import re
import sys

import fasttext

# Sentences of each language, so that none is likelier than another to begin with; of English, twice as many.
SENTENCES = 20_000
# A sentence of a small language comes back as often as this at most, each time cut in another way.
TIMES = 6
ENGLISH_OF_EACH = 1_500
NOT_LATIN = set("ar bg bn el fa he hi ja ka ko mk ml mr ru ta te th uk ur zh".split())
BEYOND_LATIN = re.compile(r"[^\x00-\u024f]")
# Half of all exercises for learners are about these people, and the languages that have no such texts are not.
NAMES = re.compile(r"\b(Tom|Mary|Marie|Maria|María|John|Jean|Jack|Bob|Ken|Boston)\w{0,3}\b[,']?")
CYRILLIC = dict(
    zip(
        "абвгдђежзијклљмнњопрстћуфхцчџш",
        "a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š".split(),
    )
)


def read_pairs(path: str) -> list[tuple[str, str]]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    return [
        (english, other)
        for _, english, other in (row for row in rows if len(row) == 3)
        if english.lower() != other.lower() and len(other) > 3
    ]


def cut(text: str) -> str:
    """A text in small letters, without frequent names; half of them in part, since web bitexts have short lines."""
    words = NAMES.sub("", text).lower().replace("i̇", "i").split()
    if len(words) > 2 and random.random() < 0.5:
        size = random.randint(2, min(8, len(words)))
        start = random.randint(0, len(words) - size)
        return " ".join(words[start : start + size])
    joined = " ".join(words)
    if len(words) <= 2 and len(joined) > 12 and random.random() < 0.5:
        size = random.randint(4, 12)
        start = random.randint(0, len(joined) - size)
        return joined[start : start + size]
    return joined[:300]


def texts_of(code: str, pairs: list[tuple[str, str]]) -> list[str]:
    texts = [other for _, other in pairs if code not in NOT_LATIN or BEYOND_LATIN.search(other)]
    if code != "sr":
        return texts
    return [text for cyrillic in texts for text in (cyrillic, to_latin(cyrillic))]


def to_latin(text: str) -> str:
    return "".join(CYRILLIC.get(letter, letter) for letter in text.lower())


def read_words(path: str) -> list[str]:
    """The words of Hunspell's dictionary, without their flags; the first line counts them."""
    with open(path, "rb") as file:
        content = file.read()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("iso-8859-15")
    return [line.split("/")[0].strip() for line in text.splitlines()[1:] if line.strip()]


def draw_words(words: list[str], texts: int) -> list[str]:
    return [" ".join(random.choices(words, k=random.randint(1, 5))) for _ in range(texts)]


def make_lines(folder: str, dictionaries: dict[str, str]) -> list[str]:
    lines: list[str] = []
    english: list[str] = []

    def add(code: str, texts: list[str], wanted: int) -> None:
        for number in range(min(wanted, TIMES * len(texts))):
            lines.append(f"__label__{code} {cut(texts[number % len(texts)])}\n")

    for path in sorted(glob.glob(f"{folder}/en-*.tsv.xz")):
        code = os.path.basename(path)[3:5]
        pairs = read_pairs(path)
        random.shuffle(pairs)
        add(code, texts_of(code, pairs), SENTENCES * (2 if code == "sr" else 1))
        if code in dictionaries:
            add(code, draw_words(read_words(dictionaries[code]), SENTENCES), SENTENCES)
        english += [english_text for english_text, _ in pairs[:ENGLISH_OF_EACH]]
    random.shuffle(english)
    add("en", english, 2 * SENTENCES)
    random.shuffle(lines)
    return lines


def main() -> None:
    folder, work, *dictionaries = sys.argv[1:]
    os.makedirs(work, exist_ok=True)
    random.seed(1)
    training = f"{work}/training.txt"
    with open(training, "w", encoding="utf-8") as file:
        file.writelines(make_lines(folder, dict(given.split("=") for given in dictionaries)))
    shared = dict(input=training, thread=2, verbose=1)
    model = fasttext.train_supervised(
        **shared, dim=16, minn=2, maxn=4, bucket=400_000, epoch=5, lr=0.4, minCount=30, loss="softmax", seed=1
    )
    model.save_model(f"{work}/language-model.bin")
    model.quantize(**shared, cutoff=100_000, retrain=True, qnorm=True, dsub=2, epoch=1, lr=0.1)
    model.save_model(f"{work}/builtin.ftz")


main()
