"""How far a long command is."""

import sys
import time

SECONDS = 1.0
"""Between two lines."""


class Progress:
    """Tells now and then, to standard error, how many of how many rows are done."""

    def __init__(self) -> None:
        self._next = time.monotonic() + SECONDS

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() >= self._next:
            sys.stderr.write(f"{done} of {total} rows\n")
            self._next = time.monotonic() + SECONDS
