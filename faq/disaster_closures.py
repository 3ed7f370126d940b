"""The offices that a disaster closes, as closures of the timetable: so that no card says that they are open."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from faq.counters import Closure, ClosureId, Service, Unusual
from faq.disaster import ClosedOffice, DisasterNow, Measure
from faq.models import Provenance, Status
from nlp.japan import JAPAN

_MIDNIGHT = time(0)
_A_DAY = timedelta(days=1)


def closures_of(disaster: DisasterNow) -> tuple[Closure, ...]:
    """Of the counters alone: who answers the telephone of a closed office is not known."""
    return tuple(each for measure in disaster.of(ClosedOffice) for each in _closures(disaster.what, measure))


def _closures(reason: str, measure: Measure[ClosedOffice]) -> Iterator[Closure]:
    """Whole days by one closure, the beginning of a first day and the end of a last by one each."""
    begins, ends = (each.astimezone(JAPAN) for each in (measure.what.begins_at, measure.what.ends_at))
    first, last = begins.date(), ends.date()
    if first == last:
        yield _closure(reason, measure, first, first, begins.time(), ends.time())
        return
    if begins.time() > _MIDNIGHT:
        yield _closure(reason, measure, first, first, begins.time(), _MIDNIGHT)
        first += _A_DAY
    if first < last:
        yield _closure(reason, measure, first, last - _A_DAY, None, None)
    if ends.time() > _MIDNIGHT:
        yield _closure(reason, measure, last, last, _MIDNIGHT, ends.time())


def _closure(
    reason: str,
    measure: Measure[ClosedOffice],
    first: date,
    last: date,
    opens: time | None,
    closes: time | None,
) -> Closure:
    return Closure(
        id=ClosureId(f"disaster-{measure.id}-{first:%Y%m%d}"),
        office=measure.what.office,
        section=None,
        service=Service.COUNTER,
        kind=Unusual.CLOSED,
        first=first,
        last=last,
        opens=opens,
        closes=closes,
        reason=reason,
        provenance=_provenance(measure),
    )


def _provenance(measure: Measure[ClosedOffice]) -> Provenance:
    said: datetime = measure.as_of.astimezone(JAPAN)
    valid_until = measure.expires_at.astimezone(JAPAN).date()
    return Provenance(
        measure.source, measure.source_url, said.date(), said.date(), valid_until, Status.CONFIRMED
    )
