"""How weights are trained, and how far training is."""

import dataclasses
import math

from encoder_parts import length

# As a share of training: a run of fewer steps than the warm-up would learn next to nothing.
LONGEST_WARMUP = 0.1


@dataclasses.dataclass
class Progress(length.Progress):
    """Where training is; all that a checkpoint holds beside weights and the optimiser's state."""

    best_loss: float = math.inf
    worse: int = 0


@dataclasses.dataclass(frozen=True)
class Recipe(length.Length):
    """How weights are trained; the learning rate rises over the warm-up, or the first tenth if that is shorter, and falls linearly to 0."""

    learning_rate: float
    warmup: int
    smoothing: float
    accumulate: int
    batch_tokens: int
    validate_every: int
    patience: int
    bfloat16: bool
    seed: int

    def rate(self, progress: Progress) -> float:
        left = self.left(progress)
        risen = max((progress.step + 1) / self.warmup, (1 - left) / LONGEST_WARMUP)
        return self.learning_rate * min(1, risen) * left
