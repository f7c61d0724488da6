#!/usr/bin/env python3
"""Translates lines by what the loop, train.py or pretrain.py left, or by a translator of the hub.

    python3 pipelines/seq2seq/translate.py run/ de en < test.de | sacrebleu test.en

Beam search; translations come in the order of the lines, an empty one for an empty one.
"""

import argparse
import os
import pathlib
import sys

from parts import start
from parts.decode import translate
from parts.folders import find_translator, open_tokenizer
from parts.texts import split_lines

from encoder_parts.refusal import ending_by_refusal
from transformers import AutoModelForSeq2SeqLM


def main() -> None:
    parser = argparse.ArgumentParser(description="Translates lines of standard input.")
    parser.add_argument("translator", help="a run folder, what train.py or pretrain.py left, a folder of transformers, or a name of the hub")
    parser.add_argument("source", help="the language of the lines: de")
    parser.add_argument("target", help="the language to translate into: en")
    parser.add_argument("--code", type=start.named, action="append", default=[], metavar="LANGUAGE=CODE", help="a language's token: en=eng_Latn")
    parser.add_argument("--beams", type=start.whole, default=5)
    parser.add_argument("--batch-tokens", type=start.whole, default=4096, help="tokens of a batch, padding and beams included")
    options = parser.parse_args()
    start.prepare(seed=0)
    with ending_by_refusal():
        folder = find_translator(pathlib.Path(options.translator)) if pathlib.Path(options.translator).is_dir() else options.translator
        tokenizer = open_tokenizer(folder)
        model = AutoModelForSeq2SeqLM.from_pretrained(folder).float().eval().to(start.device())
        texts = split_lines(sys.stdin.buffer.read(), "standard input")
        how = {"beams": options.beams, "batch_tokens": options.batch_tokens, "told": dict(options.code)}
        made, cut = translate(model, tokenizer, texts, (options.source, options.target), **how)
    write(made)
    if cut:
        longest = model.config.max_position_embeddings
        print(f"translate: {cut} of {len(texts)} texts were cut to {longest} tokens, the most that the model takes", file=sys.stderr)


def write(lines: list[str]) -> None:
    try:
        for line in lines:
            print(line)
        sys.stdout.flush()
    except BrokenPipeError:
        # Who reads has enough, as `head`; Python would flush once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
