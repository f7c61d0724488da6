#!/usr/bin/env python3
"""Averages two static encoders of one tokenizer: the second is turned onto the first, then each row is the mean of both.

    python3 pipelines/deep-encoder/average.py models/one models/other -o models/both

Two tables that were trained on the same pairs in different ways make different mistakes (Wortsman et al. 2022). The turn is the rotation
that brings the second nearest to the first, all pieces alike (Schönemann 1966); their rows' mean lengths are made equal.
"""

import argparse
import pathlib

from parts.leave import leave
from parts.table import Start, read_start

import torch
from encoder_parts.folder import refuse_full
from encoder_parts.refusal import Refusal, ending_by_refusal


def main() -> None:
    parser = argparse.ArgumentParser(description="Averages two static encoders of one tokenizer.")
    parser.add_argument("encoders", type=pathlib.Path, nargs=2, help="folders of static encoders")
    parser.add_argument("-o", "--output", type=pathlib.Path, required=True, help="folder for the new encoder")
    options = parser.parse_args()
    with ending_by_refusal():
        average(options.encoders, options.output)


def average(folders: list[pathlib.Path], output: pathlib.Path) -> None:
    refuse_full(output)
    first, second = (read_start(folder) for folder in folders)
    check_alike(folders, first, second)
    rows = (first.rows + turned(second.rows, first.rows)) / 2
    told = {"mean": [start.config.get("training") for start in (first, second)]}
    leave(None, rows, first, output, told)


def check_alike(folders: list[pathlib.Path], first: Start, second: Start) -> None:
    if first.tokenizer["model"] != second.tokenizer["model"]:
        raise Refusal(f"{folders[1]}: has other pieces than {folders[0]}; expected two encoders of one tokenizer.")
    if first.rows.shape != second.rows.shape:
        shapes = [" × ".join(map(str, start.rows.shape)) for start in (first, second)]
        raise Refusal(f"{folders[1]}: has a table of {shapes[1]}; expected {shapes[0]}, as {folders[0]}.")


def turned(rows: torch.Tensor, onto: torch.Tensor) -> torch.Tensor:
    """Rows brought by one rotation, and one factor, as near to others as can be."""
    left, _, right = torch.linalg.svd(rows.T @ onto)
    return rows @ (left @ right) * (onto.norm(dim=1).mean() / rows.norm(dim=1).mean())


if __name__ == "__main__":
    main()
