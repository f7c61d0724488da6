"""Hard retrieval: of how many held-out texts the translation is the nearest of many texts of its language."""

import dataclasses

import numpy as np
import torch
from torch.nn import functional

from .encode import encode_all
from .network import Network
from .pairs import Pairs

QUERIES = 1000


@dataclasses.dataclass(frozen=True)
class Pool:
    """What a held-out pair's translation is searched among; those of training are there to be taken for it."""

    language: str
    queries: int
    pairs: np.ndarray
    """Pairs' numbers, those that are asked for first."""


def pools_of(pairs: Pairs, languages: list[str], size: int, seed: int) -> list[Pool]:
    """For each of these languages that has held-out pairs, in which no text stands twice."""
    pools = []
    for name in languages:
        language = pairs.languages.index(name) if name in pairs.languages else -1
        own = np.flatnonzero(pairs.pairs[:, 2] == language)
        own = np.random.default_rng((seed, language + 1)).permutation(own)
        for side in (0, 1):
            own = own[np.sort(np.unique(pairs.pairs[own, side], return_index=True)[1])]
        asked = own[pairs.asked[own]][:QUERIES]
        others = own[~np.isin(own, asked)]
        if len(asked):
            pools.append(Pool(name, len(asked), np.concatenate([asked, others])[: max(size, len(asked))]))
    return pools


def measure(network: Network | None, rows: torch.Tensor, pairs: Pairs, pools: list[Pool]) -> dict[str, dict[str, float]]:
    """Accuracy of both directions by language, for the static and, with layers, the deep vectors, each side's mean subtracted."""
    names = ("static", "deep") if network else ("static",)
    figures = {}
    for pool in pools:
        english, other = (encode_all(network, rows, pairs, pairs.pairs[pool.pairs, side]) for side in (0, 1))
        figures[pool.language] = {name: accuracy(*kind, pool.queries) for name, kind in zip(names, zip(english, other))}
    return figures


def accuracy(english: torch.Tensor, other: torch.Tensor, queries: int) -> float:
    """The mean of both directions; the first rows are asked for, row i of one side translates row i of the other."""
    x, y = (functional.normalize(side.float() - side.float().mean(0), dim=1) for side in (english, other))
    wanted = torch.arange(queries, device=x.device)
    right = [(one[:queries] @ all_of.T).argmax(1) == wanted for one, all_of in ((x, y), (y, x))]
    return torch.cat(right).float().mean().item()


def format_figures(figures: dict[str, dict[str, float]], pools: list[Pool]) -> str:
    def line(what: str, own: dict[str, float]) -> str:
        return f"{what}: " + " · ".join(f"{name} {value:.4f}" for name, value in own.items())

    lines = [line(f"{pool.language} ({pool.queries} of {len(pool.pairs)})", figures[pool.language]) for pool in pools]
    if figures:
        names = next(iter(figures.values()))
        lines.append(line(f"mean of {len(figures)}", {name: float(np.mean([own[name] for own in figures.values()])) for name in names}))
    return "\n".join(lines)
