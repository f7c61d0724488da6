"""Decisions of OpusFilter and of Bicleaner's hard rules on a bitext.

Reads lines of JSON: first {"opusfilter": [[name, options], …], "languages": [source, target], "model": path},
then pairs [source, target], then null. Answers with {"opusfilter": [bool, …], "hardrules": …, "hardrules_lid": …}:
which pairs each keeps. Then it waits for the next bitext.

Bicleaner's rules run without its language models and without its classifier of pornography, which are downloaded; in
place of FastSpell, hardrules_lid asks fastText's lid.176, which is what FastSpell asks first.
"""

import json
import logging
import sys
import types
import warnings
from argparse import Namespace

logging.disable(logging.WARNING)
warnings.filterwarnings("ignore")
# Imported with the rules, and not used.
for name, used in (("fastspell", "FastSpell"), ("hardrules.lm", "load_lm_filter"), ("hardrules.tokenizer", "Tokenizer")):
    sys.modules[name] = types.ModuleType(name)
    setattr(sys.modules[name], used, None)

import fasttext  # noqa: E402
from hardrules.hardrules import Hardrules  # noqa: E402
from opusfilter import filters as opusfilters  # noqa: E402

fasttext.FastText.eprint = lambda text: None


class LanguageModel:
    def __init__(self, path):
        self.model = fasttext.load_model(path)

    def getlang(self, text):
        return self.model.predict(text.replace("\n", " "))[0][0].removeprefix("__label__")


def hardrules(languages, model):
    rules = Hardrules(
        Namespace(
            source_lang=languages[0],
            target_lang=languages[1],
            disable_lm_filter=True,
            lm_threshold=0.5,
            disable_porn_removal=True,
            disable_lang_ident=True,
            disable_minimal_length=False,
            run_all_rules=False,
            rules_config=None,
        )
    )
    rules.fastspell_src = rules.fastspell_trg = model
    return rules


def keeps(rules, source, target):
    # Two of its rules fail on what an earlier one of a full pipeline has taken away.
    if source == "" or target == "":
        return False
    return rules.wrong_tu(source, target) is False


def main():
    model = None
    for line in sys.stdin:
        settings = json.loads(line)
        languages = settings["languages"]
        model = model or LanguageModel(settings["model"])
        chain = [getattr(opusfilters, name)(**options) for name, options in settings["opusfilter"]]
        pairs = []
        for pair in sys.stdin:
            found = json.loads(pair)
            if found is None:
                break
            pairs.append(found)
        kept = [True] * len(pairs)
        for filter_ in chain:
            for i, decision in enumerate(filter_.decisions(pairs)):
                kept[i] = kept[i] and bool(decision)
        answer = {"opusfilter": kept}
        for name, lid in (("hardrules", None), ("hardrules_lid", model)):
            rules = hardrules(languages, lid)
            answer[name] = [keeps(rules, *pair) for pair in pairs]
        print(json.dumps(answer), flush=True)


main()
