"""Faults put in on purpose: fuzzing that does not find them would find nothing."""

from collections.abc import Callable, Mapping

from bot.line_events import LineEvent
from tests.promises.fuzzing import targets


def nothing() -> None:
    """The service as it is."""


def a_failure() -> None:
    """The webhook stumbles over a body that begins so."""
    read = targets.read_body

    def stumble(body: bytes) -> tuple[LineEvent, ...]:
        if body[:6] == b"[hd,1]":
            raise IndexError
        return read(body)

    targets.read_body = stumble


PLANTED: Mapping[str, Callable[[], None]] = {made.__name__: made for made in (nothing, a_failure)}
