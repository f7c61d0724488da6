"""The same numbers from the same seed, as far as the device can."""

import os

import torch

from .refusal import Refusal


def be_reproducible(seed: int, *, deterministic: bool) -> None:
    """Takes as many threads as CRISSCROSS_THREADS says, if it says so."""
    if "CRISSCROSS_THREADS" in os.environ:
        torch.set_num_threads(int(os.environ["CRISSCROSS_THREADS"]))
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(deterministic, warn_only=True)
    torch.utils.deterministic.fill_uninitialized_memory = False


def refuse_absent_gpu(device: str) -> None:
    if device == "cuda" and not torch.cuda.is_available():
        raise Refusal("--device cuda: PyTorch finds no GPU; leave it out to use the CPU.")
