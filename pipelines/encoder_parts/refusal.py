"""What a script says, and nothing else, when it cannot do what it is asked for."""

import contextlib
import pathlib
import sys
from collections.abc import Iterator


class Refusal(Exception):
    """What was expected, what was found, where, and what to do."""


@contextlib.contextmanager
def ending_by_refusal() -> Iterator[None]:
    """A refusal ends the script with its sentence, after the script's name."""
    try:
        yield
    except Refusal as refusal:
        sys.exit(f"{pathlib.Path(sys.argv[0]).stem}: {refusal}")
