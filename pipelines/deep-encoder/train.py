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
import pathlib
import time

from parts.batches import cluster
from parts.encode import encode_all
from parts.learned_table import LearnedTable
from parts.leave import TABLE, leave
from parts.measure import format_figures, measure, pools_of
from parts.network import Network, Shape
from parts.options import parse, recipe_of, settings_of
from parts.pairs import Pairs, read_pairs
from parts.table import as_packed, read_start
from parts.taught import TOLD, VECTORS, read_taught, taught_by
from parts.training import Training

import numpy as np
import torch
from encoder_parts.checkpoint import Checkpoint
from encoder_parts.digest import digest
from encoder_parts.folder import refuse_full
from encoder_parts.refusal import Refusal, ending_by_refusal
from encoder_parts.reproducible import be_reproducible, refuse_absent_gpu


def main() -> None:
    options = parse()
    with ending_by_refusal():
        train(options)


def train(options: argparse.Namespace) -> None:
    refuse_full(options.output)
    prepare(options)
    start = read_start(options.start)
    work = options.work or options.output.with_name(f"{options.output.name}.work")
    pairs = read_pairs(options.pairs, start.tokenizer, work / "pairs")
    if options.hold_out:
        pairs = pairs.holding_out(options.hold_out)
        print(f"{pairs.held_out.sum():,} pairs are held out, those of {', '.join(options.hold_out)} among them", flush=True)
    rows = start.rows.to(options.device)
    clusters = clusters_of(rows, pairs, work, options)
    table = LearnedTable(rows, start.scores.to(options.device), options.table_prior)
    network = Network(Shape(rows.shape[1], options.width, options.layers, options.heads), table.size).to(options.device)
    unfinished = work / f"{options.output.name}.unfinished"
    taught = read_taught(options.taught, pairs) if options.taught else None
    training = Training(network, table, taught, recipe_of(options), Checkpoint(unfinished, identity_of(options, pairs)))
    done = training.run(pairs, clusters)
    print(f"{done.step} steps · {done.tokens:,} tokens · {done.seconds / 60:.1f} minutes · {done.pass_number + 1} passes begun", flush=True)
    with torch.no_grad():
        rows = torch.cat([as_packed(some) for some in table.rows().split(16384)])
    pools = pools_of(pairs, options.measure.split(","), options.pool, options.seed)
    layers = network.eval() if options.static_first < 1 else None
    figures = measure(layers, rows, pairs, pools)
    print(format_figures(figures, pools), flush=True)
    rates = {"minutes": options.minutes, "tableRate": options.table_rate, "layersRate": options.layers_rate}
    teacher = taught_by(options.taught) if options.taught else None
    told = {"settings": settings_of(options), "taught": teacher, **rates, "progress": dataclasses.asdict(done), "heldOut": figures}
    leave(layers, rows, start, options.output, told)
    unfinished.unlink(missing_ok=True)


def prepare(options: argparse.Namespace) -> None:
    if options.width % options.heads:
        raise Refusal(f"--width {options.width} cannot be shared by --heads {options.heads}; expected a multiple.")
    refuse_absent_gpu(options.device)
    be_reproducible(options.seed, deterministic=options.device == "cpu")


def clusters_of(rows: torch.Tensor, pairs: Pairs, work: pathlib.Path, options: argparse.Namespace) -> np.ndarray:
    """A cluster for each text that is English in a pair, by the table that training begins with; kept for the next training."""
    identity = digest(pairs.identity, options.start / TABLE, options.cluster, options.seed)
    kept = work / f"clusters-{identity[:16]}.npy"
    if not kept.exists():
        began = time.monotonic()
        english = pairs.english
        statics, _ = encode_all(None, rows, pairs, english)
        clusters = np.zeros(len(pairs.offsets) - 1, np.int32)
        clusters[english] = cluster(statics.cpu(), options.cluster, options.seed)
        print(f"{clusters.max() + 1} clusters of {len(english):,} English texts in {time.monotonic() - began:.0f} s", flush=True)
        part = work / f".{kept.stem}.part.npy"
        np.save(part, clusters)
        part.rename(kept)
    return np.load(kept)


def identity_of(options: argparse.Namespace, pairs: Pairs) -> str:
    """What killed training has to go on with."""
    return digest(pairs.identity, options.start / TABLE, *([options.taught / TOLD, options.taught / VECTORS] if options.taught else []), settings_of(options))


if __name__ == "__main__":
    main()
