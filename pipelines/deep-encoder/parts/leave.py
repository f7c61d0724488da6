"""The folder that training leaves: the deep encoder, and in `static/` the static one of the same table; or that alone."""

import json
import os
import pathlib
import shutil

import numpy as np
import torch
from encoder_parts.folder import write_folder
from safetensors.numpy import save_file

from .graph import write_graph
from .network import LONGEST, Network
from .table import Start, pack

TABLE = "model.safetensors"
STATIC = [
    {"idx": 0, "name": "0", "path": ".", "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]


def leave(network: Network | None, rows: torch.Tensor, start: Start, folder: pathlib.Path, told: dict) -> None:
    """
    :param network: the layers; without them the static encoder alone is left
    :param rows: the table in float32, which is packed
    :param told: how it was trained, for whoever reads the configuration
    """
    staging = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(staging, ignore_errors=True)
    static = staging / "static" if network else staging
    leave_static(static, pack(rows.cpu()), start, {"centre": True, "training": told, "hidden_dim": rows.shape[1]})
    if network:
        os.link(static / TABLE, staging / TABLE)
        leave_deep(network, start, staging, {"centre": True, "training": told})
    if folder.exists():
        folder.rmdir()
    staging.rename(folder)


def leave_static(folder: pathlib.Path, table: dict[str, np.ndarray], start: Start, config: dict) -> None:
    (folder / "1_Normalize").mkdir(parents=True)
    write_json(folder / "1_Normalize" / "config.json", {})
    write_json(folder / "modules.json", STATIC)
    write_json(folder / "tokenizer.json", start.tokenizer, indent=None)
    kind = {"model_type": "model2vec", "architectures": ["StaticModel"], "normalize": True, "max_length": None, "embedding_dtype": "int4"}
    write_json(folder / "config.json", {**start.config, **config, **kind})
    save_file(table, folder / TABLE)
    # safetensors lets but its owner read it.
    shutil.copymode(folder / "tokenizer.json", folder / TABLE)


def leave_deep(network: Network, start: Start, folder: pathlib.Path, config: dict) -> None:
    write_folder(folder, start.tokenizer, model_type="deep-static", pooling="mean", longest=LONGEST)
    write_json(folder / "config.json", {"model_type": "deep-static", **config})
    write_graph(network, folder / TABLE, folder / "model.onnx")
    write_graph(network, folder / TABLE, folder / "model_quantized.onnx", in_8_bits=True)


def write_json(path: pathlib.Path, content: object, indent: int | None = 2) -> None:
    path.write_text(json.dumps(content, indent=indent, ensure_ascii=False) + "\n", encoding="utf-8")
