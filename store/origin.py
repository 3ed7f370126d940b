"""By which HTTP request something came about: kept beside what it causes, so that a line of the log leads to the next.

It goes with the thread of work and not as an argument: nothing is decided by it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, NewType

RequestId = NewType("RequestId", str)

MOST: Final = 64
"""Letters of an id."""
_current: ContextVar[RequestId | None] = ContextVar("origin", default=None)


def current() -> RequestId | None:
    """The request that what is done now goes back to; None where the clock or a command does it."""
    return _current.get()


def learn(request: RequestId | None) -> None:
    """From here to the end of the enclosing `of`, what is done goes back to this request."""
    _current.set(request)


@contextmanager
def of(request: RequestId | None) -> Iterator[None]:
    """What is done within goes back to this request."""
    before = _current.set(request)
    try:
        yield
    finally:
        _current.reset(before)
