"""How long training is, and how far it is."""

import dataclasses


@dataclasses.dataclass
class Progress:
    """Where training is."""

    step: int = 0
    seconds: float = 0.0
    tokens: int = 0
    pass_number: int = 0
    place: int = 0


@dataclasses.dataclass(frozen=True)
class Length:
    """So many steps, or so many minutes if these are over first."""

    steps: int
    minutes: float | None

    def left(self, progress: Progress) -> float:
        """The share of training that is still to come."""
        spent = progress.seconds / (60 * self.minutes) if self.minutes else 0
        return 1 - max(progress.step / self.steps, spent)
