"""What the thread is at: rows and requests by their numbers, which every line of the log then carries.

Whoever logs need not pass them. Never words of a person, nor who somebody is: numbers of rows and ids alone.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

from store import origin

Fact = str | int | float
_NOTHING: Mapping[str, Fact] = MappingProxyType({})
_facts: ContextVar[Mapping[str, Fact]] = ContextVar("facts", default=_NOTHING)


def facts() -> Mapping[str, Fact]:
    """What is known here; the request first."""
    request = origin.current()
    return {"request": request, **_facts.get()} if request else _facts.get()


def learn(**facts: Fact) -> None:
    """Adds to what is known, to the end of the enclosing `about`."""
    _facts.set({**_facts.get(), **facts})


@contextmanager
def about(**facts: Fact) -> Iterator[None]:
    """What is done within is about this too; what is learnt within, the request besides, is forgotten at its end."""
    before = _facts.set({**_facts.get(), **facts})
    try:
        with origin.of(origin.current()):
            yield
    finally:
        _facts.reset(before)
