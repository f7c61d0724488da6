"""The folder that training leaves: the deep encoder, and in `static/` the static one of the same table."""

import json
import os
import pathlib
import shutil

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


def leave(network: Network, rows: torch.Tensor, start: Start, folder: pathlib.Path, told: dict) -> None:
    """
    :param rows: the table in float32, which is packed
    :param told: how it was trained, for whoever reads the configuration
    """
    staging = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(staging, ignore_errors=True)
    write_folder(staging, start.tokenizer, model_type="deep-static", pooling="mean", longest=LONGEST)
    save_file(pack(rows.cpu()), staging / TABLE)
    # safetensors lets but its owner read it.
    shutil.copymode(staging / "tokenizer.json", staging / TABLE)
    config = {"model_type": "deep-static", "centre": start.config.get("centre") is True, "training": told}
    write_json(staging / "config.json", config)
    write_graph(network, staging / TABLE, staging / "model.onnx")
    write_graph(network, staging / TABLE, staging / "model_quantized.onnx", in_8_bits=True)
    leave_static(staging, {**start.config, "training": told, "hidden_dim": rows.shape[1]})
    if folder.exists():
        folder.rmdir()
    staging.rename(folder)


def leave_static(folder: pathlib.Path, config: dict) -> None:
    static = folder / "static"
    (static / "1_Normalize").mkdir(parents=True)
    write_json(static / "1_Normalize" / "config.json", {})
    write_json(static / "modules.json", STATIC)
    kind = {"model_type": "model2vec", "architectures": ["StaticModel"], "normalize": True, "max_length": None, "embedding_dtype": "int4"}
    write_json(static / "config.json", {**config, **kind})
    for name in (TABLE, "tokenizer.json"):
        os.link(folder / name, static / name)


def write_json(path: pathlib.Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
