"""Which office does what: the matrix of procedures and offices."""

from collections.abc import Iterable, Sequence
from enum import Enum, auto

from faq.counters import Procedure, Section
from faq.models import Office
from faq.offices import distance


class Done(Enum):
    """Whether an office does a procedure."""

    YES = auto()
    NO = auto()
    UNKNOWN = auto()
    """Nobody confirmed either."""


def done(procedure: Procedure, office: Office) -> Done:
    """What the matrix says; an office's own id counts before its kind."""
    for name in (office.id, office.kind):
        if name in procedure.done_at:
            return Done.YES
        if name in procedure.not_at:
            return Done.NO
    return Done.UNKNOWN


def offices_for(procedure: Procedure, offices: Iterable[Office], ward: str = "") -> tuple[Office, ...]:
    """The offices that do it, in their order; those of one ward alone where one is given."""
    return tuple(
        office
        for office in offices
        if done(procedure, office) is Done.YES and (not ward or office.ward == ward)
    )


def instead_of(office: Office, procedure: Procedure, offices: Iterable[Office]) -> Office | None:
    """Where to go from an office that does not do it: the nearest that does, as far as places are known,
    otherwise one of the same ward, or any.
    """
    able = offices_for(procedure, offices)
    here = office.place
    if here is not None:
        known = [(distance(here, other.place), other) for other in able if other.place is not None]
        if known:
            return min(known, key=lambda pair: pair[0])[1]
    same_ward = [other for other in able if other.ward == office.ward]
    return next(iter([*same_ward, *able]), None)


def section_for(procedure: Procedure, office: Office, sections: Sequence[Section]) -> Section | None:
    """The section of an office that does it."""
    return next(
        (
            section
            for section in sections
            if section.office == office.id and section.name == procedure.section
        ),
        None,
    )
