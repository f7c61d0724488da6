"""What both trainers begin with: options in common, threads, chance, and the precision that the machine is good at."""

import argparse
import dataclasses

import torch
from encoder_parts.option_types import positive, whole
from encoder_parts.reproducible import be_reproducible
from transformers.utils.logging import disable_progress_bar

from .recipe import Recipe

PRECISIONS = ("auto", "float32", "bfloat16")


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--batch-tokens", type=whole, default=4096, help="tokens of a batch on each side, padding included")
    parser.add_argument("--accumulate", type=whole, default=1, help="batches whose gradients are added up for a step")
    parser.add_argument("--warmup", type=whole, default=500, help="steps over which the learning rate rises; a tenth of training at most")
    parser.add_argument("--minutes", type=positive, help="end after so long, at the latest; the weights then depend on the machine's speed")
    parser.add_argument("--validate-every", type=whole, default=500, help="steps")
    parser.add_argument("--patience", type=whole, default=5, help="end after so many validations that are worse than the best")
    parser.add_argument("--precision", choices=PRECISIONS, default="auto", help="of products: bfloat16 on a GPU, else float32")
    parser.add_argument("--exponent", type=float, default=0.7, help="of languages, or pairs of them, n texts are drawn in proportion to n^x")


def named(text: str) -> tuple[str, str]:
    """`en=eng_Latn`"""
    language, _, code = text.partition("=")
    if not (language and code):
        raise argparse.ArgumentTypeError(f"expected LANGUAGE=CODE, such as en=eng_Latn, found {text}")
    return language, code


def recipe(options: argparse.Namespace, *, smoothing: float) -> Recipe:
    names = [field.name for field in dataclasses.fields(Recipe) if field.name not in ("smoothing", "bfloat16")]
    return Recipe(**{name: getattr(options, name) for name in names}, smoothing=smoothing, bfloat16=in_bfloat16(options))


def in_bfloat16(options: argparse.Namespace) -> bool:
    return options.precision == "bfloat16" or (options.precision == "auto" and device() == "cuda")


def device() -> str:
    return "cuda" if torch.cuda.is_available() else "cpu"


def prepare(seed: int) -> None:
    be_reproducible(seed, deterministic=device() == "cpu")
    disable_progress_bar()
