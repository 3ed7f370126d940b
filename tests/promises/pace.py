"""How much of a processor something takes, and how fast this processor is beside the one that the promises name."""

import time
from collections.abc import Callable
from typing import Final

PROMISED: Final = 0.05
"""Seconds of processor time that a message may take, whatever is in it."""
YARDSTICK: Final = 0.0055
"""Seconds that `_yardstick` takes on the machine of docs/promises.md with nobody else on it."""


def spent(work: Callable[[], object], rounds: int = 1) -> float:
    """Processor time of this process in seconds: the least of so many rounds."""
    return min(_once(work) for _ in range(rounds))


def _once(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def allowed() -> float:
    """What is promised, at the pace that this machine has just now: neighbours on its cores slow it down."""
    return PROMISED * max(1.0, spent(_yardstick, 5) / YARDSTICK)


def _yardstick() -> None:
    """A bit of everything that a turn does: arithmetic, objects, texts."""
    words: dict[str, int] = {}
    for number in range(30_000):
        word = f"言葉{number % 997}"
        words[word] = words.get(word, 0) + number * number % 7
