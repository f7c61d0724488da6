"""A teacher's vectors of English texts, to which both texts of a pair are brought near (Reimers & Gurevych 2020)."""

import dataclasses
import json
import pathlib
import shutil

import numpy as np
import torch
from encoder_parts.refusal import Refusal
from torch.nn import functional

from .pairs import Pairs

TEXTS, VECTORS, TOLD = "texts.npy", "vectors.npy", "taught.json"


@dataclasses.dataclass
class Taught:
    vectors: torch.Tensor
    """Texts × dimensions, float16: less their mean, of length 1; at last a row of zeros."""
    rows: np.ndarray
    """The row of each text by its number; the last for those that the teacher was not given."""

    def of(self, texts: np.ndarray) -> torch.Tensor:
        """Float32, texts × dimensions; zeros for those that the teacher was not given."""
        return self.vectors[self.rows[texts]].float()


def leave_taught(texts: np.ndarray, vectors: np.ndarray, told: dict, folder: pathlib.Path) -> None:
    staging = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    np.save(staging / TEXTS, texts)
    np.save(staging / VECTORS, vectors)
    (staging / TOLD).write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    if folder.exists():
        folder.rmdir()
    staging.rename(folder)


def taught_by(folder: pathlib.Path) -> dict:
    """Who taught what is there, and how."""
    if not (folder / TOLD).exists():
        raise Refusal(f"{folder}: has no {TOLD}; expected what teach.py left.")
    return json.loads((folder / TOLD).read_text(encoding="utf-8"))


def read_taught(folder: pathlib.Path, pairs: Pairs) -> Taught:
    if taught_by(folder)["pairs"] != pairs.identity:
        raise Refusal(f"{folder}: was made of other pairs or of a start with another tokenizer. Run teach.py on these.")
    texts, vectors = np.load(folder / TEXTS), torch.from_numpy(np.load(folder / VECTORS))
    mean = torch.stack([some.float().sum(0) for some in vectors.split(65536)]).sum(0) / len(vectors)
    for some in vectors.split(65536):
        some.copy_(functional.normalize(some.float() - mean, dim=1))
    rows = np.full(len(pairs.offsets) - 1, len(vectors), np.int32)
    rows[texts] = np.arange(len(vectors))
    return Taught(torch.cat([vectors, vectors.new_zeros(1, vectors.shape[1])]), rows)


def distance(vectors: torch.Tensor, taught: torch.Tensor) -> torch.Tensor:
    """
    1 less the cosine, at the mean over the texts that the teacher was given.

    :param vectors: texts × dimensions
    :param taught: the same, of length 1, or zeros for other texts; some text was given
    """
    cosines = (functional.normalize(vectors, dim=1) * taught).sum(1)
    return 1 - cosines.sum() / taught.any(1).sum()
