#!/usr/bin/env python3
"""Trains a small contextual encoder on top of a static encoder's table, and the table with it.

    pip install -r pipelines/deep-encoder/requirements.txt
    npx crisscross distil models/e5 -o start
    python3 pipelines/deep-encoder/train.py pairs/en-*.tsv.xz --start start --minutes 80 -o models/deep
    npx crisscross mine news.de news.en --encoder models/deep --variant quantized

Killed, the same command goes on; without --minutes it ends with the same weights on a CPU.
"""

import argparse
import dataclasses
import hashlib
import os
import pathlib
import sys
import time

from parts.batches import Drawing, cluster
from parts.encode import encode_all
from parts.leave import TABLE, leave
from parts.measure import format_figures, measure, pools_of
from parts.network import Network, Shape
from parts.pairs import Pairs, read_pairs
from parts.table import as_packed, read_start
from parts.training import Recipe, Training

import numpy as np
import torch
from encoder_parts.checkpoint import Checkpoint
from encoder_parts.folder import refuse_full
from encoder_parts.refusal import Refusal

LANGUAGES = "de,fr,ru,zh,ja,ar,hi,ko,fi,tr,et,vi"


def main() -> None:
    parser = argparse.ArgumentParser(description="Trains a small contextual encoder on top of a static encoder's table.")
    parser.add_argument("pairs", type=pathlib.Path, nargs="+", help="files en-XX.tsv or en-XX.tsv.xz, a line origin⇥English⇥other")
    parser.add_argument("--start", type=pathlib.Path, required=True, help="folder of a static encoder")
    parser.add_argument("-o", "--output", type=pathlib.Path, required=True, help="folder for the new encoder")
    parser.add_argument("--work", type=pathlib.Path, help="folder for pairs as numbers and for unfinished training; OUTPUT.work by default")
    parser.add_argument("--steps", type=whole, default=1_000_000, help="at most")
    parser.add_argument("--minutes", type=positive, help="at most; the weights then depend on the machine's speed")
    parser.add_argument("--batch", type=whole, default=1024, help="pairs of a batch")
    parser.add_argument("--group", type=whole, default=64, help="pairs of one cluster in a batch that stay together; 1 draws batches by chance")
    parser.add_argument("--cluster", type=whole, default=256, help="English texts of a cluster, at the mean")
    parser.add_argument("--mixed", action="store_true", help="groups are of all languages of a cluster, not of one")
    parser.add_argument("--exponent", type=float, default=0.6, help="n pairs of a language are drawn in proportion to n^x")
    parser.add_argument("--width", type=whole, default=192)
    parser.add_argument("--layers", type=whole, default=2)
    parser.add_argument("--heads", type=whole, default=4)
    parser.add_argument("--table-rate", type=float, default=0.1, help="learning rate of row-wise Adagrad")
    parser.add_argument("--layers-rate", type=float, default=1e-3, help="learning rate of AdamW")
    parser.add_argument("--loss-temperature", type=positive, default=0.07)
    parser.add_argument("--near", type=float, default=0.95, help="texts of this cosine by the table are no wrong answers for each other")
    parser.add_argument("--piece-dropout", type=share, default=0.1, help="share of pieces that a text lacks in training")
    parser.add_argument("--static-first", type=share, default=0.1, help="share of training in which the table is trained alone")
    parser.add_argument("--precision", choices=("float32", "bfloat16"), default="float32", help="of the layers' products")
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--measure", default=LANGUAGES, help="languages whose held-out pairs are searched at the end")
    parser.add_argument("--pool", type=whole, default=20_000, help="texts of a language that they are searched among")
    parser.add_argument("--save-minutes", type=positive, default=5, help="how often unfinished training is kept")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    try:
        train(options)
    except Refusal as refusal:
        sys.exit(f"train: {refusal}")


def whole(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number from 1, found {text}")
    return int(text)


def positive(text: str) -> float:
    if not float(text) > 0:
        raise argparse.ArgumentTypeError(f"expected a number above 0, found {text}")
    return float(text)


def share(text: str) -> float:
    if not 0 <= float(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a number from 0 and below 1, found {text}")
    return float(text)


def train(options: argparse.Namespace) -> None:
    refuse_full(options.output)
    prepare(options)
    start = read_start(options.start)
    work = options.work or options.output.with_name(f"{options.output.name}.work")
    pairs = read_pairs(options.pairs, start.tokenizer, work / "pairs")
    network = Network(Shape(start.rows.shape[1], options.width, options.layers, options.heads), start.rows.square().mean().sqrt().item()).to(options.device)
    rows = start.rows.to(options.device)
    clusters = clusters_of(network, rows, pairs, options)
    unfinished = work / f"{options.output.name}.unfinished"
    training = Training(network, rows, recipe_of(options), Checkpoint(unfinished, identity_of(options, pairs)))
    done = training.run(pairs, clusters)
    print(f"{done.step} steps · {done.tokens:,} tokens · {done.seconds / 60:.1f} minutes · {done.pass_number + 1} passes begun", flush=True)
    with torch.no_grad():
        rows = torch.cat([as_packed(some) for some in rows.split(16384)])
    pools = pools_of(pairs, options.measure.split(","), options.pool, options.seed)
    figures = measure(network.eval(), rows, pairs, pools)
    print(format_figures(figures, pools), flush=True)
    told = {"settings": {name: str(value) if isinstance(value, pathlib.Path) else value for name, value in vars(options).items() if name not in ("pairs", "output", "work", "start")}}
    leave(network, rows, start, options.output, {**told, "progress": dataclasses.asdict(done), "heldOut": figures})
    unfinished.unlink(missing_ok=True)


def prepare(options: argparse.Namespace) -> None:
    if options.width % options.heads:
        raise Refusal(f"--width {options.width} cannot be shared by --heads {options.heads}; expected a multiple.")
    if options.device == "cuda" and not torch.cuda.is_available():
        raise Refusal("--device cuda: PyTorch finds no GPU; leave it out to train on the CPU.")
    if "CRISSCROSS_THREADS" in os.environ:
        torch.set_num_threads(int(os.environ["CRISSCROSS_THREADS"]))
    torch.manual_seed(options.seed)
    torch.use_deterministic_algorithms(options.device == "cpu", warn_only=True)


def clusters_of(network: Network, rows: torch.Tensor, pairs: Pairs, options: argparse.Namespace) -> np.ndarray:
    """A cluster for each text that is English in a pair, by the table that training begins with."""
    began = time.monotonic()
    english = np.unique(pairs.pairs[:, 0])
    statics, _ = encode_all(network, rows, pairs, english, layers=False)
    clusters = np.zeros(len(pairs.offsets) - 1, np.int32)
    clusters[english] = cluster(statics.cpu(), options.cluster, options.seed)
    print(f"{clusters.max() + 1} clusters of {len(english):,} English texts in {time.monotonic() - began:.0f} s", flush=True)
    return clusters


def recipe_of(options: argparse.Namespace) -> Recipe:
    drawing = Drawing(options.batch, options.group, not options.mixed, options.exponent, options.seed)
    return Recipe(
        options.steps,
        options.minutes,
        drawing,
        table_rate=options.table_rate,
        layers_rate=options.layers_rate,
        temperature=options.loss_temperature,
        near=options.near,
        piece_dropout=options.piece_dropout,
        static_first=options.static_first,
        bfloat16=options.precision == "bfloat16",
        save_minutes=options.save_minutes,
    )


def identity_of(options: argparse.Namespace, pairs: Pairs) -> str:
    """What killed training has to go on with: texts, start and settings; its length and learning rates may change."""
    free = ("output", "work", "pairs", "steps", "minutes", "table_rate", "layers_rate", "measure", "pool", "save_minutes", "device")
    settings = {name: str(value) for name, value in vars(options).items() if name not in free}
    table = hashlib.sha256((options.start / TABLE).read_bytes()).hexdigest()
    return hashlib.sha256(repr((pairs.identity, table, settings)).encode()).hexdigest()


if __name__ == "__main__":
    main()
