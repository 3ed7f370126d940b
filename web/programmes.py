"""The programmes and the terms on which they are booked, as pages name them."""

from collections.abc import Mapping
from dataclasses import dataclass

from faq.programmes import Programme, ProgrammeId
from faq.terms import Sort, Terms
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
