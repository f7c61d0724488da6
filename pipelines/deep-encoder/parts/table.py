"""A static encoder's table: read from its folder, and packed to 4 bits as crisscross packs it."""

import dataclasses
import gzip
import json
import pathlib

import numpy as np
import torch
from encoder_parts.refusal import Refusal
from safetensors.numpy import load_file

BLOCK = 32
PACKED, SCALES = "embeddings.q4", "embeddings.scales"
FLOATS = ("embeddings", "embedding.weight")
EPSILON = 1e-8
# Shares of the scale at which a block's largest number just fits; a smaller one clips it and rounds the rest finer.
SHRINKAGES = (1, 0.95, 0.9, 0.85, 0.8, 0.75)


@dataclasses.dataclass
class Start:
    """A static encoder taken apart: rows are pieces × dimensions, float32, and what a piece counts is in its row."""

    rows: torch.Tensor
    tokenizer: dict
    config: dict

    @property
    def unknown(self) -> int | None:
        """The piece that stands for what the tokenizer does not know, which has no vector."""
        model = self.tokenizer["model"]
        number = model.get("unk_id")
        return number if number is not None else model["vocab"].get(model.get("unk_token")) if isinstance(model["vocab"], dict) else None


    @property
    def scores(self) -> torch.Tensor:
        """How likely the tokenizer takes each piece to be, of mean 0 and deviation 1; zeros where it does not say."""
        vocabulary = self.tokenizer["model"]["vocab"]
        scores = torch.zeros(len(self.rows))
        if isinstance(vocabulary, list):
            told = torch.tensor([float(score) for _, score in vocabulary[: len(self.rows)]])
            scores[: len(told)] = (told - told.mean()) / told.std().clamp(min=EPSILON)
        return scores


def read_start(folder: pathlib.Path) -> Start:
    path = folder / "model.safetensors"
    if not path.exists():
        raise Refusal(f"{folder}: has no model.safetensors; expected a static encoder, such as crisscross distil makes.")
    try:
        tensors = load_file(path)
    except Exception as error:  # whatever a damaged file makes it say
        raise Refusal(f"{path}: cannot be read ({error}).") from None
    rows = rows_of(path, tensors)
    if rows.shape[1] % BLOCK:
        raise Refusal(f"{path}: has {rows.shape[1]} dimensions; expected a multiple of {BLOCK}, which 4 bits are packed by.")
    tokenizer, config = read_json(folder, "tokenizer.json"), read_json(folder, "config.json")
    start = Start(torch.from_numpy(rows), {**tokenizer, "post_processor": None, "truncation": None, "padding": None}, config)
    if start.unknown is not None:
        start.rows[start.unknown] = 0
    return start


def rows_of(path: pathlib.Path, tensors: dict[str, np.ndarray]) -> np.ndarray:
    if "mapping" in tensors:
        raise Refusal(f"{path}: several pieces share a row (mapping); expected a row a piece.")
    if PACKED in tensors:
        return unpack(tensors[PACKED], tensors[SCALES])
    name = next((name for name in FLOATS if name in tensors), None)
    if name is None:
        raise Refusal(f"{path}: holds {', '.join(sorted(tensors))}; expected a table, {PACKED} or {' or '.join(FLOATS)}.")
    rows = tensors[name].astype(np.float32)
    return rows * tensors["weights"].astype(np.float32)[:, None] if "weights" in tensors else rows


def read_json(folder: pathlib.Path, name: str) -> dict:
    packed = folder / f"{name}.gz"
    if packed.exists():
        return json.loads(gzip.decompress(packed.read_bytes()))
    if not (folder / name).exists():
        raise Refusal(f"{folder}: has no {name}; expected a static encoder, such as crisscross distil makes.")
    return json.loads((folder / name).read_text(encoding="utf-8"))


def unpack(numbers: np.ndarray, scales: np.ndarray) -> np.ndarray:
    """:param numbers: rows × dimensions / 2, two numbers a byte, the first in the low half"""
    wide = np.stack([numbers & 15, numbers >> 4], axis=-1).reshape(len(numbers), -1, BLOCK)
    return ((wide.astype(np.float32) - 8) * scales.astype(np.float32)[..., None]).reshape(len(numbers), -1)


def rounded(rows: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Each block of 32 at the scale of least squared error: whole numbers from -8 to 7 (rows × blocks × 32), and scales."""
    blocks = rows.view(len(rows), -1, BLOCK)
    largest = blocks.gather(2, blocks.abs().argmax(2, keepdim=True))
    best, least = torch.zeros_like(largest), torch.full_like(largest, torch.inf)
    for share in SHRINKAGES:
        scale = (largest / -8 * share).half().float()
        error = (blocks - whole(blocks, scale) * scale).square().sum(2, keepdim=True)
        best = torch.where(error < least, scale, best)
        least = torch.minimum(error, least)
    return whole(blocks, best), best


def whole(blocks: torch.Tensor, scale: torch.Tensor) -> torch.Tensor:
    return torch.where(scale == 0, 0, blocks / scale).round().clamp(-8, 7)


def as_packed(rows: torch.Tensor) -> torch.Tensor:
    """What 4 bits leave of rows; gradients pass as if nothing were rounded (Bengio et al. 2013)."""
    with torch.no_grad():
        numbers, scales = rounded(rows)
        left = (numbers * scales).view_as(rows)
    return rows + (left - rows).detach()


def pack(rows: torch.Tensor) -> dict[str, np.ndarray]:
    numbers, scales = zip(*(rounded(some) for some in rows.split(16384)))
    nibbles = (torch.cat(numbers) + 8).to(torch.uint8).view(len(rows), -1, 2)
    packed = nibbles[..., 0] | (nibbles[..., 1] << 4)
    return {PACKED: packed.numpy(), SCALES: torch.cat(scales).squeeze(2).half().numpy()}
