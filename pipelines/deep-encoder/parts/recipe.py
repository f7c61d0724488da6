"""How weights are trained, and how far training is."""

import dataclasses

from .batches import Drawing

# Shares of training: the layers' learning rate rises, and at last the rows are seen as 4 bits leave them.
WARMUP, PACKED = 0.02, 0.2


@dataclasses.dataclass
class Progress:
    """Where training is."""

    step: int = 0
    seconds: float = 0.0
    tokens: int = 0
    pass_number: int = 0
    place: int = 0


@dataclasses.dataclass(frozen=True)
class Recipe:
    steps: int
    minutes: float | None
    drawing: Drawing
    table_rate: float
    layers_rate: float
    temperature: float
    near: float
    piece_dropout: float
    static_first: float
    """The share of training in which the table is trained alone."""
    bfloat16: bool
    save_minutes: float

    def left(self, progress: Progress) -> float:
        """The share of training that is still to come."""
        spent = progress.seconds / (60 * self.minutes) if self.minutes else 0
        return 1 - max(progress.step / self.steps, spent)

    def risen(self, left: float) -> float:
        """How far the layers' learning rate has risen, from 0 to 1."""
        return min(1, (1 - left - self.static_first) / WARMUP)
