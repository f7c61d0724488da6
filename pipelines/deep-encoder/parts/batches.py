"""Batches of neighbours, so that a pair's wrong answers are hard."""

import dataclasses

import numpy as np
import torch

from .pairs import Pairs

KMEANS_TEXTS, KMEANS_ROUNDS = 100_000, 8


@dataclasses.dataclass(frozen=True)
class Drawing:
    batch: int
    """Pairs."""
    group: int
    """Pairs of one cluster that stay together; 1 draws batches by chance."""
    by_language: bool
    """Whether those are of one language, as far as the cluster has so many."""
    exponent: float
    """n pairs of a language are drawn in proportion to n^exponent (Arivazhagan et al. 2019)."""
    seed: int


def batches_of(pairs: Pairs, clusters: np.ndarray, drawing: Drawing, number: int) -> np.ndarray:
    """
    A pass's batches: batches × pairs' numbers. The same number gives the same batches.

    :param clusters: one a text
    """
    chance = np.random.default_rng((drawing.seed, number))
    drawn = draw(pairs, drawing.exponent, chance)
    english, _, language = pairs.pairs[drawn].T
    kind = clusters[english].astype(np.int64) * (len(pairs.languages) if drawing.by_language else 1)
    kind += language if drawing.by_language else 0
    ordered = drawn[np.lexsort((chance.random(len(drawn)), kind))]
    batch = min(drawing.batch, len(ordered))
    group = min(drawing.group, batch)
    groups = ordered[: len(ordered) // group * group].reshape(-1, group)
    a_batch = batch // group
    count = len(groups) // a_batch
    return chance.permutation(groups)[: count * a_batch].reshape(count, a_batch * group)


def draw(pairs: Pairs, exponent: float, chance: np.random.Generator) -> np.ndarray:
    """As many pairs as are trained on, each of a language as often as any other but for one time."""
    trained = np.flatnonzero(~pairs.held_out)
    languages = pairs.pairs[trained, 2]
    sizes = np.bincount(languages, minlength=len(pairs.languages))
    weights = np.where(sizes > 0, sizes.astype(float) ** exponent, 0)
    counts = np.round(len(trained) * weights / weights.sum()).astype(int)
    drawn = []
    for language, (size, count) in enumerate(zip(sizes, counts)):
        own = trained[languages == language]
        drawn += [chance.permutation(own)[: count - done] for done in range(0, count, max(1, size))]
    return np.concatenate(drawn)


def cluster(vectors: torch.Tensor, size: int, seed: int) -> np.ndarray:
    """
    Spherical k-means (Dhillon & Modha 2001) on some of the texts; each then joins the centre that is nearest.

    :param vectors: texts × dimensions, of length 1
    :param size: texts of a cluster, at the mean
    """
    chance = torch.Generator().manual_seed(seed)
    count = max(1, len(vectors) // size)
    centred = torch.nn.functional.normalize(vectors - vectors.mean(0), dim=1)
    some = centred[torch.randperm(len(centred), generator=chance)[: max(KMEANS_TEXTS, 8 * count)]]
    centres = some[:count].clone()
    for _ in range(KMEANS_ROUNDS):
        nearest = nearest_of(some, centres)
        sums = torch.zeros_like(centres).index_add_(0, nearest, some)
        filled = torch.bincount(nearest, minlength=count) > 0
        centres[filled] = torch.nn.functional.normalize(sums[filled], dim=1)
    return nearest_of(centred, centres).numpy()


def nearest_of(vectors: torch.Tensor, centres: torch.Tensor) -> torch.Tensor:
    return torch.cat([(some @ centres.T).argmax(1) for some in vectors.split(4096)])
