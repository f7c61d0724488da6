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


@dataclasses.dataclass
class Rows:
    """A table's rows, and what the layers get of each where they are asked for."""

    rows: torch.Tensor
    projected: torch.Tensor | None


def encode(network: Network | None, rows: Rows, chunks: list[Chunk]) -> tuple[torch.Tensor, torch.Tensor | None]:
    """The static and the deep vectors of length 1, the second where the layers are asked for; texts × dimensions."""
    device = rows.rows.device
    chunks = [Chunk(chunk.pieces.to(device), chunk.seen.to(device)) for chunk in chunks]
    pieces = torch.cat([chunk.pieces.flatten() for chunk in chunks])
    lengths = torch.cat([torch.full((len(chunk.pieces),), chunk.pieces.shape[1], device=device) for chunk in chunks])
    begins = lengths.cumsum(0) - lengths

    def summed(weights: list[torch.Tensor]) -> torch.Tensor:
        flat = torch.cat([some.flatten() for some in weights])
        return functional.embedding_bag(pieces, rows.rows, begins, mode="sum", per_sample_weights=flat)

    static = functional.normalize(summed([chunk.seen.float() for chunk in chunks]), dim=1)
    if rows.projected is None:
        return static, None
    weights, added = zip(*(network(functional.embedding(chunk.pieces, rows.projected), chunk.seen) for chunk in chunks))
    return static, functional.normalize(summed(weights) + torch.cat(added), dim=1)


@torch.no_grad()
def encode_all(network: Network | None, rows: torch.Tensor, pairs: Pairs, texts: np.ndarray) -> tuple[torch.Tensor, torch.Tensor | None]:
    """The same of many texts, in their order; without a network their static vectors alone."""
    chunks, places = chunks_of(pairs, texts, 8192)
    shown = Rows(rows, network.projected(rows) if network else None)
    statics, deeps = zip(*(encode(network, shown, [chunk]) for chunk in chunks))
    return torch.cat(statics)[places], torch.cat(deeps)[places] if network else None
