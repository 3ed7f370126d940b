"""How long a test is: short wherever the tests run, at full length in `make soak`."""

import os
from typing import Final

FULL: Final = bool(os.environ.get("SOAK"))
"""Set by `make soak`."""


def at_length(short: int, full: int) -> int:
    """How often, how many or how long: `short` in every run of the tests, `full` in `make soak`."""
    return full if FULL else short
