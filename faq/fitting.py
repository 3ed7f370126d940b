"""Whether records fit together: those of a file with one another, and with all that the city knows."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from itertools import combinations
from typing import Any, TypeVar

from faq.counters import Closure, Hours
from faq.danger_texts import lost
from faq.exchange import Records
from faq.holdings import Holdings
from faq.kinds import KINDS
from faq.problems import Problem, Refused, of_file, shown
from faq.programmes import Programme, ProgrammeDay
from faq.references import registers
from faq.schemas import Schema
from faq.sentences import Fault, Notice

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Misfit:
    """A record that does not fit to the others."""

    kind: str
    record: Any
    column: str
    value: str
    """What does not fit: of several names in a cell, the one."""
    reason: str

    def at(self, line: int | None) -> Problem:
        """The problem for staff; without a line where the record is not in their file."""
        value = shown(self.value)
        if line is None:
            name = KINDS[self.kind].name_of(self.record)
            reason = Fault.STORED_MISFIT.format(kind=self.kind, id=name, column=self.column, value=value)
            return Problem(0, "", "", reason)
        return Problem(line, self.column, value, self.reason)


@dataclass(frozen=True, slots=True)
class Admitted:
    """What the city knows once a file is taken in."""

    holdings: Holdings
    notes: tuple[str, ...]
    """What staff should be told all the same, in Japanese."""


def admit(schema: Schema[T], read: Records[T], before: Holdings, *, replace_all: bool) -> Admitted | Refused:
    """Judges what there will be, not the file alone; other rows may be as bad as they were before."""
    after = before.after(schema, read.records, replace_all=replace_all)
    lines = dict(zip(read.records, read.lines, strict=True))
    known = set(misfits(before))
    problems = [
        misfit.at(lines.get(misfit.record) if misfit.kind == schema.name else None)
        for misfit in misfits(after)
        if misfit not in known or (misfit.kind == schema.name and misfit.record in lines)
    ]
    problems += (problem for _, problem in unsaid(before, after))
    return Refused.because(problems) if problems else Admitted(after, new_notes(before, after))


def misfits(holdings: Holdings) -> Iterator[Misfit]:
    """Rows that name what is not there, or that contradict another; of two, the later one."""
    yield from _dangling(holdings)
    yield from _elsewhere(holdings)
    yield from _too_long(holdings)
    yield from _clashes("hours", holdings.hours, _scope_of_hours, _clash_of_hours)
    yield from _clashes("closures", holdings.closures, _scope_of_closure, _clash_of_closures)


def unsaid(before: Holdings, after: Holdings) -> Iterator[tuple[str, Problem]]:
    """Texts of danger that would be missing, by their name, see `faq.danger_texts.lost`."""
    for danger, severity in lost(before.danger_texts, after.danger_texts):
        reason = Fault.DANGER_WITHOUT_TEXT.format(danger=danger, severity=severity)
        yield f"{danger} {severity}", of_file(reason)


def new_notes(before: Holdings, after: Holdings) -> tuple[str, ...]:
    """What staff should be told of what there will be, and were not told of what there was."""
    told = set(_without_entry(before))
    return tuple(note for note in _without_entry(after) if note not in told)


# Rows that name others ------------------------------------------------------------------------------


def _dangling(holdings: Holdings) -> Iterator[Misfit]:
    known = registers(holdings)
    for kind, schema in KINDS.items():
        for column in schema.columns:
            # An entry may go although a procedure names it: see _without_entry.
            if not column.refers_to or (column.refers_to == "faq" and not column.required):
                continue
            register = known[column.refers_to]
            for record in holdings.of(kind):
                if missing := register.missing(getattr(record, column.field)):
                    yield Misfit(kind, record, column.name, missing, register.why_not(missing))


def _without_entry(holdings: Holdings) -> Iterator[str]:
    """Of procedures whose entry is not there: the answer does without it."""
    entries = registers(holdings)["faq"]
    for procedure in holdings.procedures:
        if entries.missing(procedure.faq):
            yield Notice.ENTRY_GONE.format(id=procedure.id, value=procedure.faq)


def _elsewhere(holdings: Holdings) -> Iterator[Misfit]:
    """Hours and closures of a section that is another office's."""
    offices = {section.id: section.office for section in holdings.sections}
    for kind in ("hours", "closures"):
        for record in holdings.of(kind):
            office = offices.get(record.section, record.office)
            if office != record.office:
                reason = Fault.SECTION_ELSEWHERE.format(office=office)
                yield Misfit(kind, record, "課ID", record.section, reason)


def _too_long(holdings: Holdings) -> Iterator[Misfit]:
    """Slots that are longer than the programme, or than it is on a day that staff entered: none could be made."""
    times = {programme.id: programme for programme in holdings.programmes}
    minutes = {terms.programme: terms.minutes or 0 for terms in holdings.booking_terms}
    for terms in holdings.booking_terms:
        programme = times.get(terms.programme)
        if programme and (reason := _longer(programme, minutes[terms.programme])):
            yield Misfit("booking-terms", terms, "1枠の分", str(terms.minutes), reason)
    for day in holdings.programme_days:
        if reason := _longer(day, minutes.get(day.programme, 0)):
            yield Misfit("programme-days", day, "終了時刻", f"{day.ends:%H:%M}", reason)


def _longer(held: Programme | ProgrammeDay, minutes: int) -> str | None:
    if held.starts is None or held.ends is None:
        return None
    span = (held.ends.hour - held.starts.hour) * 60 + held.ends.minute - held.starts.minute
    programme = held.id if isinstance(held, Programme) else held.programme
    fits = minutes <= span
    return None if fits else Fault.SLOT_TOO_LONG.format(minutes=minutes, programme=programme, span=span)


# Rows that contradict one another -------------------------------------------------------------------


def _clashes(
    kind: str,
    records: Iterable[T],
    scope: Callable[[T], Hashable],
    clash: Callable[[T, T], tuple[str, str] | None],
) -> Iterator[Misfit]:
    by_scope: dict[Hashable, list[T]] = defaultdict(list)
    for record in records:
        by_scope[scope(record)].append(record)
    for group in by_scope.values():
        for earlier, later in combinations(group, 2):
            if found := clash(earlier, later):
                column, reason = found
                yield Misfit(kind, later, column, KINDS[kind].column(column).write(later), reason)


def _scope_of_hours(hours: Hours) -> Hashable:
    return hours.office, hours.section, hours.service, hours.span


def _clash_of_hours(a: Hours, b: Hours) -> tuple[str, str] | None:
    first = max(a.valid_from or date.min, b.valid_from or date.min)
    last = min(a.valid_to or date.max, b.valid_to or date.max)
    return ("valid_from", Fault.HOURS_CLASH.format(id=a.id)) if first <= last else None


def _scope_of_closure(closure: Closure) -> Hashable:
    return closure.office, closure.section


def _clash_of_closures(a: Closure, b: Closure) -> tuple[str, str] | None:
    """Closed and open at one moment; the same said twice does no harm."""
    first, last = max(a.first, b.first), min(a.last, b.last)
    apart = a.service and b.service and a.service is not b.service
    if a.kind is b.kind or apart or first > last:
        return None
    if max(_opens(a), _opens(b)) >= min(_closes(a), _closes(b)):
        return None
    return "開始日", Fault.CLOSURES_CLASH.format(day=first.isoformat(), kind=a.kind, id=a.id)


def _opens(closure: Closure) -> time:
    return closure.opens or time.min


def _closes(closure: Closure) -> time:
    return closure.closes or time.max
