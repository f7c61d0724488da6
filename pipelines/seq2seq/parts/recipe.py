"""How weights are trained, and how far training is."""

import dataclasses
import math

# As a share of training: a run of fewer steps than the warm-up would learn next to nothing.
LONGEST_WARMUP = 0.1


@dataclasses.dataclass
class Progress:
    """Where training is; all that a checkpoint holds beside weights and the optimiser's state."""

    step: int = 0
    seconds: float = 0.0
    tokens: int = 0
    pass_number: int = 0
    place: int = 0
    best_loss: float = math.inf
    worse: int = 0


@dataclasses.dataclass(frozen=True)
class Recipe:
    """How weights are trained; the learning rate rises over the warm-up, or the first tenth if that is shorter, and falls linearly to 0."""

    steps: int
    minutes: float | None
    learning_rate: float
    warmup: int
    smoothing: float
    accumulate: int
    batch_tokens: int
    validate_every: int
    patience: int
    bfloat16: bool
    seed: int

    def left(self, progress: Progress) -> float:
        """The share of training that is still to come."""
        spent = progress.seconds / (60 * self.minutes) if self.minutes else 0
        return 1 - max(progress.step / self.steps, spent)

    def rate(self, progress: Progress) -> float:
        left = self.left(progress)
        risen = max((progress.step + 1) / self.warmup, (1 - left) / LONGEST_WARMUP)
        return self.learning_rate * min(1, risen) * left
