"""Texts as tensors, and both vectors of each: the table's alone, and that of the layers on top."""

import dataclasses

import numpy as np
import torch
from torch.nn import functional

from .network import Network
from .pairs import Pairs


@dataclasses.dataclass
class Chunk:
    """Texts of like length."""

    pieces: torch.Tensor
    """Texts × pieces, 0 in the padding."""
    seen: torch.Tensor
    """Where a piece is."""


def chunks_of(pairs: Pairs, texts: np.ndarray, tokens: int) -> tuple[list[Chunk], np.ndarray]:
    """
    Texts from the longest to the shortest, so many tokens at a time, padding included.

    :returns: the chunks, and the texts' places in their order
    """
    lengths = pairs.offsets[texts + 1] - pairs.offsets[texts]
    order = np.argsort(-lengths, kind="stable")
    chunks: list[Chunk] = []
    first = 0
    while first < len(order):
        last = first + max(1, tokens // lengths[order[first]])
        chunks.append(chunk_of(pairs, texts[order[first:last]]))
        first = last
    return chunks, np.argsort(order, kind="stable")


def chunk_of(pairs: Pairs, texts: np.ndarray) -> Chunk:
    begins, lengths = pairs.offsets[texts], pairs.offsets[texts + 1] - pairs.offsets[texts]
    places = np.arange(lengths.max())
    seen = places < lengths[:, None]
    pieces = np.where(seen, pairs.ids[np.minimum(begins[:, None] + places, len(pairs.ids) - 1)].astype(np.int64), 0)
    return Chunk(torch.from_numpy(pieces), torch.from_numpy(seen))


def without_some(chunk: Chunk, share: float, chance: torch.Generator) -> Chunk:
    """Drops pieces by chance; a text's first remaining piece stays where all would go."""
    if not share:
        return chunk
    kept = chunk.seen & (torch.rand(chunk.seen.shape, generator=chance) >= share)
    kept[:, 0] |= ~kept.any(1)
    return Chunk(chunk.pieces, kept)


def encode(network: Network, rows: torch.Tensor, chunk: Chunk, layers: bool = True) -> tuple[torch.Tensor, torch.Tensor | None]:
    """The static and the deep vectors of length 1, the second where the layers are asked for; texts × dimensions."""
    pieces, seen = chunk.pieces.to(rows.device), chunk.seen.to(rows.device)
    found = functional.embedding(pieces, rows)
    summed = (found * seen.unsqueeze(-1)).sum(1)
    deep = functional.normalize(network(found, seen), dim=1) if layers else None
    return functional.normalize(summed, dim=1), deep


@torch.no_grad()
def encode_all(network: Network, rows: torch.Tensor, pairs: Pairs, texts: np.ndarray, layers: bool = True) -> tuple[torch.Tensor, torch.Tensor | None]:
    """The same of many texts, in their order."""
    chunks, places = chunks_of(pairs, texts, 8192)
    statics, deeps = zip(*(encode(network, rows, chunk, layers) for chunk in chunks))
    return torch.cat(statics)[places], torch.cat(deeps)[places] if layers else None
