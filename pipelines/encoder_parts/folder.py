"""Reads checkpoints, and writes what they become: a folder in the layout of sentence-transformers."""

import argparse
import collections
import json
import pathlib
import pickle
import re

import numpy as np
import torch

from .graph import Graph
from .refusal import Refusal

# Of a checkpoint's settings; what else a pickle may hold is not opened unasked.
HARMLESS = [argparse.Namespace, torch.nn.Embedding, collections.defaultdict, dict]
UNKNOWN = re.compile(r"GLOBAL ([\w.]+)")


def read_checkpoint(path: pathlib.Path, trusted: bool) -> dict:
    """A checkpoint of PyTorch: names and what they name."""
    try:
        with torch.serialization.safe_globals(HARMLESS):
            found = torch.load(path, map_location="cpu", weights_only=not trusted)
    except FileNotFoundError:
        raise Refusal(f"{path}: is not there; expected a checkpoint.") from None
    except Exception as error:  # bytes that are no pickle make it fail in any way
        reason = str(error).strip().splitlines()[:1]
        if isinstance(error, pickle.UnpicklingError) and "GLOBAL" in str(error):
            raise Refusal(
                f"{path}: holds more than numbers and settings ({' '.join(UNKNOWN.findall(str(error))[:1])}). If you "
                "trust whoever made it, give --trust-checkpoint: opening it then runs code of theirs."
            ) from None
        raise Refusal(f"{path}: is no checkpoint of PyTorch ({' '.join(reason)}).") from None
    if not isinstance(found, dict):
        raise Refusal(f"{path}: holds a {type(found).__name__}; expected a checkpoint with names.")
    return found


def arrays_of(weights: dict) -> dict[str, np.ndarray]:
    """Tensors in any precision as float32."""
    return {name: value.detach().float().numpy() for name, value in weights.items() if isinstance(value, torch.Tensor)}


def refuse_full(folder: pathlib.Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refusal(f"{folder}: is not empty. Name a folder that is, or one that is not there yet.")


def write_folder(
    folder: pathlib.Path,
    tokenizer: dict,
    *,
    model_type: str,
    pooling: str,
    longest: int,
    codes: dict[str, int] | None = None,
    prompts: dict[str, str] | None = None,
) -> None:
    """All but the model; `codes` are the numbers of the tokens that tell a text's language, by their names."""
    kinds = ["Transformer", "Pooling"]
    modules = [
        {"idx": i, "name": str(i), "path": "" if i == 0 else f"{i}_{kind}", "type": f"sentence_transformers.models.{kind}"}
        for i, kind in enumerate(kinds)
    ]
    files = {
        "modules.json": modules,
        "1_Pooling/config.json": {"pooling_mode": pooling},
        "sentence_bert_config.json": {"max_seq_length": longest, "do_lower_case": False},
        "config.json": {"model_type": model_type},
        "tokenizer.json": tokenizer,
        **({"language_codes.json": {"codes": codes}} if codes else {}),
        **({"config_sentence_transformers.json": {"prompts": prompts}} if prompts else {}),
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        indent = None if name == "tokenizer.json" else 2
        path.write_text(json.dumps(content, indent=indent, ensure_ascii=False) + "\n", encoding="utf-8")


def save_model(built: tuple[Graph, str, int], folder: pathlib.Path) -> None:
    graph, output, dimensions = built
    graph.save(output, dimensions, folder / "onnx" / "model.onnx")
