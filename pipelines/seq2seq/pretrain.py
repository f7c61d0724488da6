#!/usr/bin/env python3
"""Trains a small mBART from nothing on texts alone: the start of the loop where no published one is to be had.

    pip install -r pipelines/seq2seq/requirements.txt
    python3 pipelines/seq2seq/pretrain.py text/en.gz text/de.gz -o start --minutes 90
    npx crisscross criss --text en=text/en.gz --text de=text/de.gz --encoder start --run run/ \\
      --command "python3 pipelines/seq2seq/train.py"

A file's name ends in its language, as `de.gz` and `news.de.txt` do, or it is told: `de=german.gz`. A line is a text. The
vocabulary is made of the same texts. The folder is an encoder, and has the translator in `translator/`. Killed, the same
command goes on; with --steps in place of --minutes it ends with the same weights on a CPU.
"""

import argparse
import pathlib
import shutil

from parts import start
from parts.denoising import Denoising, tell_long
from parts.folders import leave
from parts.texts import language_of, read_lines
from parts.training import Training
from parts.vocabulary import make_tokenizer

from encoder_parts.checkpoint import Checkpoint
from encoder_parts.digest import digest
from encoder_parts.folder import refuse_full
from encoder_parts.refusal import Refusal, ending_by_refusal
from transformers import MBartConfig, MBartForConditionalGeneration, MBartTokenizer

FORMATS = ("csv", "json", "jsonl", "tmx", "tsv", "xml")


def main() -> None:
    parser = argparse.ArgumentParser(description="Trains a small mBART from nothing on texts alone.")
    parser.add_argument("texts", type=read_name, nargs="+", help="files whose names end in their languages, news.de.gz, or that are told: de=german.gz")
    parser.add_argument("-o", "--output", type=pathlib.Path, required=True, help="the new folder")
    parser.add_argument("--vocabulary", type=start.whole, default=8000, help="pieces")
    parser.add_argument("--layers", type=start.whole, default=3, help="of the encoder, and as many of the decoder")
    parser.add_argument("--width", type=start.whole, default=256, help="size of a vector; heads are of 64, the inner layers four times it")
    parser.add_argument("--max-tokens", type=start.whole, default=128, help="the longest text that the model takes; training cuts longer ones")
    parser.add_argument("--steps", type=start.whole, default=100_000)
    parser.add_argument("--learning-rate", type=float, default=1e-3)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=0)
    start.add_options(parser)
    options = parser.parse_args()
    with ending_by_refusal():
        pretrain(options)


def pretrain(options: argparse.Namespace) -> None:
    refuse_full(options.output)
    start.prepare(options.seed)
    texts = read_texts(options.texts)
    unfinished = options.output.with_name(f"{options.output.name}.unfinished")
    identity = digest(texts, options.vocabulary, options.max_tokens, options.seed)
    tokenizer = kept_tokenizer(texts, unfinished / f"vocabulary-{identity[:12]}", options)
    tell_long(tokenizer, texts, options.max_tokens)
    model = MBartForConditionalGeneration(describe(tokenizer, options)).to(start.device())
    settings = (options.batch_tokens, options.accumulate, options.exponent, start.in_bfloat16(options))
    identity = digest(identity, model.config.to_json_string(), *settings)
    training = Training(model, tokenizer.pad_token_id, start.recipe(options, smoothing=0), Checkpoint(unfinished / "checkpoint.pt", identity))
    denoising = Denoising(model, tokenizer, texts, options)
    done = training.run(denoising.batches_of, denoising.held_out)
    print(f"{done.step} steps · {done.tokens:,} tokens · {done.seconds / 60:.1f} minutes", flush=True)
    leave(model, tokenizer, options.output)
    shutil.rmtree(unfinished)


def describe(tokenizer: MBartTokenizer, options: argparse.Namespace) -> MBartConfig:
    halves = ("encoder", "decoder")
    return MBartConfig(
        vocab_size=len(tokenizer),
        max_position_embeddings=options.max_tokens,
        d_model=options.width,
        **{f"{half}_layers": options.layers for half in halves},
        **{f"{half}_attention_heads": max(1, options.width // 64) for half in halves},
        **{f"{half}_ffn_dim": 4 * options.width for half in halves},
        dropout=options.dropout,
        scale_embedding=True,
        pad_token_id=tokenizer.pad_token_id,
    )


def read_name(told: str) -> tuple[str, pathlib.Path]:
    """The language of a file, and the file."""
    language, equals, path = told.partition("=")
    if equals:
        return language, pathlib.Path(path)
    language = language_of(pathlib.Path(told))
    if language in FORMATS:
        raise argparse.ArgumentTypeError(f"{told} is named after a format; expected lines of text and their language, such as de={told}")
    return language, pathlib.Path(told)


def read_texts(files: list[tuple[str, pathlib.Path]]) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for language, path in files:
        texts.setdefault(language, []).extend(read_lines(path))
    empty = [language for language, lines in texts.items() if len(lines) < 2]
    if empty:
        raise Refusal(f"{empty[0]}: has no two texts; expected a file with a text a line.")
    return texts


def kept_tokenizer(texts: dict[str, list[str]], folder: pathlib.Path, options: argparse.Namespace) -> MBartTokenizer:
    """The vocabulary is made once: a training that goes on has the numbers of before."""
    if not folder.exists():
        part = folder.with_suffix(".part")
        make_tokenizer(texts, options.vocabulary, options.max_tokens).save_pretrained(part)
        part.rename(folder)
    return MBartTokenizer.from_pretrained(folder)


if __name__ == "__main__":
    main()
