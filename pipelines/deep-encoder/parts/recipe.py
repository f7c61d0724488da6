"""How weights are trained."""

import dataclasses

from encoder_parts.length import Length

from .batches import Drawing

# Shares of training: learning rates rise, and at last the rows are seen as 4 bits leave them.
WARMUP, PACKED = 0.02, 0.2


@dataclasses.dataclass(frozen=True)
class Recipe(Length):
    drawing: Drawing
    table_rate: float
    layers_rate: float
    temperature: float
    near: float
    piece_dropout: float
    taught_weight: float
    """What the distance to a teacher's vectors counts, beside the contrasts."""
    static_first: float
    """The share of training in which the table is trained alone."""
    bfloat16: bool
    save_minutes: float

    def risen(self, left: float, begun: float) -> float:
        """How far a learning rate has risen, from 0 to 1, of what is trained since that share of training."""
        return min(1, (1 - left - begun) / WARMUP)
