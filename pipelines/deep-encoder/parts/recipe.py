"""How weights are trained."""

import dataclasses

from encoder_parts.length import Length

from .batches import Drawing

# Shares of training: the layers' learning rate rises, and at last the rows are seen as 4 bits leave them.
WARMUP, PACKED = 0.02, 0.2


@dataclasses.dataclass(frozen=True)
class Recipe(Length):
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

    def risen(self, left: float) -> float:
        """How far the layers' learning rate has risen, from 0 to 1."""
        return min(1, (1 - left - self.static_first) / WARMUP)
