"""What OpusFilter and Bicleaner's hard rules say of pairs.

    node dist/test/filter/corpus-pairs.js ../shared/data/parallel | python test/filter/reference.py

Writes reference.json, of reference-pairs.tsv, and reference-corpus.json.gz: which hard rules the pairs that it reads
break, and the SHA-256 of these pairs, which are not kept.

Needs opusfilter and bicleaner-hardrules; what the latter's models need is not imported.
"""

import gzip
import hashlib
import json
import math
import sys
import types
from argparse import Namespace

for name, used in (
    ("fastspell", "FastSpell"),
    ("hardrules.lm", "load_lm_filter"),
    ("hardrules.tokenizer", "Tokenizer"),
):
    sys.modules[name] = types.ModuleType(name)
    setattr(sys.modules[name], used, None)

from hardrules.hardrules import Hardrules  # noqa: E402
from opusfilter import filters  # noqa: E402

RULES = [
    ["LengthFilter", {"min_length": 2, "max_length": [6, 8]}],
    ["LengthFilter", {"min_length": [5, 3], "max_length": 30, "unit": "char", "pass_empty": True}],
    ["LengthRatioFilter", {}],
    ["LengthRatioFilter", {"threshold": 2, "unit": "char"}],
    ["LongWordFilter", {"threshold": [12, 9]}],
    ["AverageWordLengthFilter", {"min_length": 3, "max_length": [7, 6]}],
    ["AlphabetRatioFilter", {}],
    ["AlphabetRatioFilter", {"threshold": [-1, 1 + 1e-6]}],
    ["AlphabetRatioFilter", {"threshold": [0.9, 0.8], "exclude_whitespace": True}],
    ["CharacterScoreFilter", {"scripts": ["Latin", "Latin"], "thresholds": [1, 0.9]}],
    ["CharacterScoreFilter", {"scripts": ["Cyrillic", "Latin"], "thresholds": [0.5, 0.5]}],
    ["TerminalPunctuationFilter", {"threshold": -1}],
    ["NonZeroNumeralsFilter", {"threshold": 0.8}],
    ["LongestCommonSubstringFilter", {"threshold": 0.5}],
    ["SimilarityFilter", {"threshold": 0.6}],
    ["SimilarityFilter", {"threshold": 0.5, "unit": "word", "lowercase": True}],
    ["SimilarityFilter", {"threshold": 0.6, "weights": [1, 2, 3], "require_all": False}],
    ["SimilarityFilter", {"threshold": 1 + 1e-6, "unit": "word", "weights": [3, 0, 2]}],
    ["RepetitionFilter", {}],
    ["RepetitionFilter", {"threshold": 3, "min_length": 1, "max_length": 3}],
    ["HtmlTagFilter", {}],
    ["RegExpFilter", {"regexps": ["[0-9]", "[a-z]{4}"]}],
    ["RegExpFilter", {"regexps": ["e", "e"], "accept_match": True}],
]
LANGUAGES = [["de", "en"], ["zh", "en"]]


def finite(value):
    if isinstance(value, (list, tuple)):
        return [finite(one) for one in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return float(value)


def hardrules(languages):
    return Hardrules(
        Namespace(
            source_lang=languages[0],
            target_lang=languages[1],
            disable_lm_filter=True,
            lm_threshold=0.5,
            disable_porn_removal=True,
            disable_lang_ident=True,
            disable_minimal_length=False,
            run_all_rules=True,
            rules_config={"no_urls": True, "no_number_inconsistencies": True, "no_script_inconsistencies": True},
        )
    )


def broken_rules(rules, pair):
    return sorted({tag.split("(")[0] for tag in rules.wrong_tu(*pair) or []}) if all(pair) else []


def main():
    with open("test/filter/reference-pairs.tsv", encoding="utf8") as file:
        pairs = [line.rstrip("\n").split("\t") for line in file]
    opusfilter = []
    for name, options in RULES:
        rule = getattr(filters, name)(**options)
        scores = list(rule.score(pairs))
        opusfilter.append(
            {
                "rule": name,
                "options": options,
                "values": [finite(score) for score in scores],
                "kept": [bool(rule.accept(score)) for score in scores],
            }
        )
    bicleaner = []
    for languages in LANGUAGES:
        rules = hardrules(languages)
        bicleaner.append({"languages": languages, "broken": [broken_rules(rules, pair) for pair in pairs]})
    with open("test/filter/reference.json", "w", encoding="utf8") as file:
        json.dump({"opusfilter": opusfilter, "bicleaner": bicleaner}, file, ensure_ascii=False)
        file.write("\n")
    write_corpus(sys.stdin.buffer.read())


def write_corpus(corpus):
    opened = {}
    broken = []
    for line in corpus.decode("utf8").removesuffix("\n").split("\n"):
        language, *pair = line.split("\t")
        if language not in opened:
            opened[language] = hardrules([language, "en"])
        broken.append(" ".join(broken_rules(opened[language], pair)))
    reference = json.dumps({"sha256": hashlib.sha256(corpus).hexdigest(), "broken": broken})
    with open("test/filter/reference-corpus.json.gz", "wb") as file:
        file.write(gzip.compress(reference.encode("utf8"), mtime=0))


main()
