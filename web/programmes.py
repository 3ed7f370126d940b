"""The programmes and the terms on which they are booked, as pages name them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from faq.programmes import Programme, ProgrammeId
from faq.terms import Sort, Terms
from nlp.folding import fold
from store import terms
from store.db import Tx
from store.doing import is_theirs
from store.sight import Viewer
from web.site import site


@dataclass(frozen=True, slots=True)
class Bookable:
    """A programme that has terms."""

    programme: Programme
    terms: Terms

    @property
    def id(self) -> ProgrammeId:
        return self.programme.id

    @property
    def name(self) -> str:
        return self.programme.name

    def is_called(self, words: str) -> bool:
        """As `is_called` of the programme."""
        return is_called(self.programme, words)


def is_called(programme: Programme, words: str) -> bool:
    """Whether each of the words stands in one of its names, its place or what it is about."""
    return next(called((programme,), words), None) is not None


def called(programmes: Iterable[Programme], words: str) -> Iterator[Programme]:
    """Those of them of which that is so."""
    sought = [fold(word) for word in words.split()]
    for each in programmes:
        names = _folded((each.name, *each.aliases, each.place, each.ward, each.held_by))
        if all(any(word in name for name in names) for word in sought):
            yield each


@lru_cache(maxsize=1024)
def _folded(names: tuple[str, ...]) -> tuple[str, ...]:
    """Kept, since they are looked through at every key that an operator presses."""
    return tuple(fold(name) for name in names)


def bookables(tx: Tx) -> Mapping[ProgrammeId, Bookable]:
    """All that can be booked, by id, in the order of the city's file."""
    on = {each.programme: each for each in terms.all_terms(tx)}
    return {
        programme.id: Bookable(programme, on[programme.id])
        for programme in site().schedule(tx).programmes
        if programme.id in on
    }


def name_of(named: Mapping[ProgrammeId, Bookable], programme: ProgrammeId) -> str:
    """Its name; of one that is gone from the city's file the id."""
    return named[programme].name if programme in named else programme


def with_times(tx: Tx, viewer: Viewer) -> tuple[Bookable, ...]:
    """Those with times that can be booked, and that the viewer looks after."""
    return tuple(
        each
        for each in bookables(tx).values()
        if is_theirs(viewer, each.terms) and each.terms.sort is not Sort.APPLICATION
    )
