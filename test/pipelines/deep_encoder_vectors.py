"""Leaves encoders of a start as train.py does, and what PyTorch makes of texts: `fresh`, and `moved` with layers by chance."""

import pathlib
import sys

import numpy as np
import torch

sys.path[:0] = ["pipelines", "pipelines/deep-encoder"]
from parts.encode import encode_all
from parts.leave import leave
from parts.network import LONGEST, Network, Shape
from parts.pairs import Pairs, tokenise
from parts.table import as_packed, read_start

folder, texts = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()
torch.manual_seed(0)
start = read_start(folder / "start")
ids, offsets, cut = tokenise(texts, start.tokenizer)
assert (cut, np.diff(offsets).max()) == (1, LONGEST), "the last text is cut"
pairs = Pairs(ids, offsets, np.zeros((0, 3), np.int32), *[np.zeros(0, bool)] * 2, np.zeros(0, np.int32), np.zeros((0, 2), np.int32), [], [], "")
network = Network(Shape(start.rows.shape[1], width=32, layers=2, heads=4), start.rows.square().mean().sqrt().item())
for name in ("fresh", "moved"):
    if name == "moved":
        with torch.no_grad():
            for weights in network.parameters():
                weights += 0.1 * torch.randn_like(weights)
    leave(network, start.rows, start, folder / name, {})
    static, deep = encode_all(network, as_packed(start.rows), pairs, np.arange(len(texts)))
    np.save(folder / f"{name}.npy", deep.numpy())
    np.save(folder / f"{name}-static.npy", static.numpy())
