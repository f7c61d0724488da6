"""Makes src/clean/language/builtin.ftz, which tells the built-in encoder's languages apart in short sentences.

    python pipelines/language-model.py [--hold-out] ../shared/data/parallel WORK_FOLDER \\
        et=et_EE.dic ro=ro_RO.dic sw=sw_TZ.dic     # below /usr/share/hunspell

Needs fasttext. The texts are the translation pairs that the built-in encoder was trained on. Those of some languages are
all from the Bible or from programs, so words of dictionaries are added: Debian's myspell-et, hunspell-ro, hunspell-sw.

With --hold-out the model is trained without one kind of text of each language, dialogues where there are any, which are
written to WORK_FOLDER/held-out.tsv: test/bench/language-threshold.ts tries thresholds on them.
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
UNSPACED = {"ja", "th", "zh"}
BEYOND_LATIN = re.compile(r"[^\x00-\u024f]")
# Half of all exercises for learners are about these people, and the languages that have no such texts are not.
NAMES = re.compile(r"\b(Tom|Mary|Marie|Maria|María|John|Jean|Jack|Bob|Ken|Boston)\w{0,3}\b[,']?")
CYRILLIC = dict(
    zip(
        "абвгдђежзијклљмнњопрстћуфхцчџш",
        "a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š".split(),
    )
)


# Of each language, the first of these that is not most of it.
HELD_OUT = ["manythings", "wesnoth"]
HELD_OUT_OF_EACH = 500


def read_rows(path: str) -> list[list[str]]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    return [row for row in rows if len(row) == 3 and row[1].lower() != row[2].lower() and len(row[2]) > 3]


def hold_out(rows: list[list[str]]) -> tuple[list[list[str]], list[list[str]]]:
    """What is trained on, and what is not: one source, or an eighth where no source can be spared."""
    for source in HELD_OUT:
        out = [row for row in rows if row[0] == source]
        if len(out) >= 300 and len(rows) - len(out) >= 3_000:
            return [row for row in rows if row[0] != source], out
    random.shuffle(rows)
    return rows[len(rows) // 8 :], rows[: len(rows) // 8]


def write_held_out(path: str, code: str, rows: list[list[str]], trained: list[list[str]]) -> None:
    """Sentences of two words or more that are not among those that are trained on, and the English of some."""
    seen = {row[2] for row in trained}
    texts = [row[2] for row in rows if row[2] not in seen and (code in UNSPACED or len(row[2].split()) > 1)]
    texts = [text for text in texts if len(text) <= 150 and (code not in NOT_LATIN or BEYOND_LATIN.search(text))]
    random.shuffle(texts)
    with open(path, "a", encoding="utf-8") as file:
        file.writelines(f"{code}\t{text}\n" for text in texts[:HELD_OUT_OF_EACH])
        file.writelines(f"en\t{row[1]}\n" for row in rows[: HELD_OUT_OF_EACH // 20])


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


def make_lines(folder: str, dictionaries: dict[str, str], held_out: str | None) -> list[str]:
    lines: list[str] = []
    english: list[str] = []

    def add(code: str, texts: list[str], wanted: int) -> None:
        for number in range(min(wanted, TIMES * len(texts))):
            lines.append(f"__label__{code} {cut(texts[number % len(texts)])}\n")

    for path in sorted(glob.glob(f"{folder}/en-*.tsv.xz")):
        code = os.path.basename(path)[3:5]
        rows = read_rows(path)
        if held_out:
            rows, out = hold_out(rows)
            write_held_out(held_out, code, out, rows)
        pairs = [(english_text, other) for _, english_text, other in rows]
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
    arguments = [given for given in sys.argv[1:] if given != "--hold-out"]
    folder, work, *dictionaries = arguments
    os.makedirs(work, exist_ok=True)
    random.seed(1)
    held_out = f"{work}/held-out.tsv" if len(arguments) < len(sys.argv) - 1 else None
    if held_out:
        open(held_out, "w").close()
    training = f"{work}/training.txt"
    with open(training, "w", encoding="utf-8") as file:
        file.writelines(make_lines(folder, dict(given.split("=") for given in dictionaries), held_out))
    shared = dict(input=training, thread=2, verbose=1)
    model = fasttext.train_supervised(
        **shared, dim=16, minn=2, maxn=4, bucket=400_000, epoch=5, lr=0.4, minCount=30, loss="softmax", seed=1
    )
    model.save_model(f"{work}/language-model.bin")
    model.quantize(**shared, cutoff=100_000, retrain=True, qnorm=True, dsub=2, epoch=1, lr=0.1)
    model.save_model(f"{work}/builtin.ftz")


main()
