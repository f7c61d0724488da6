"""Leaves tiny translators with random weights in a folder, and checks that train.py's examples are those of transformers."""

import argparse
import pathlib
import sys
import tempfile

sys.path[:0] = ["pipelines", "pipelines/seq2seq"]
import translator_folders
from parts.languages import code_of
from parts.translation import Translation
from transformers import AutoTokenizer

TEXT = "the old house and its garden"


def make(name: str, output: pathlib.Path, codes: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as given:
        model, tokenizer = getattr(translator_folders, name)(pathlib.Path(given))
        # As the published ones have it; the library's description of mBART leaves it out.
        model.config.decoder_start_token_id = tokenizer.eos_token_id
        for part in (model, tokenizer):
            part.save_pretrained(output / name)
    tokenizer = AutoTokenizer.from_pretrained(output / name)
    assert {language: code_of(tokenizer, language, {}) for language in codes} == codes, name
    how = argparse.Namespace(seed=0, code={}, max_tokens=64)
    bitext = {tuple(codes): [(TEXT, TEXT)] * 20}
    there, back = (group[0] for group in Translation(model, tokenizer, bitext, how).groups)
    source, target = (code.strip("_") for code in codes.values())
    for example, languages in ((there, (source, target)), (back, (target, source))):
        tokenizer.src_lang, tokenizer.tgt_lang = languages
        expected = tokenizer(TEXT, text_target=TEXT)
        assert list(example.source) == expected["input_ids"], (name, example, expected)
        assert [*example.prefix, *example.target] == [model.config.decoder_start_token_id, *expected["labels"]], (name, example, expected)


if __name__ == "__main__":
    output = pathlib.Path(sys.argv[1])
    make("mbart50", output, {"zh": "zh_CN", "en": "en_XX"})
    make("nllb", output, {"zho_Hans": "zho_Hans", "en": "eng_Latn"})
    make("m2m100", output, {"zh": "__zh__", "en": "__en__"})
