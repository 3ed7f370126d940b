"""Whether proposed changes hold: each record for itself, and all of them beside all that the city knows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from faq import fitting
from faq.changes import Change, RecordName, amended
from faq.exchange import folded
from faq.fitting import Admitted
from faq.holdings import Holdings
from faq.kinds import KINDS
from faq.problems import Problem, shown
from faq.record_cells import cells_of, record_of
from faq.references import Registers, registers
from faq.sentences import Fault


@dataclass(frozen=True, slots=True)
class RecordProblem:
    """What has to be mended in a record before it can be taken in."""

    what: RecordName
    problem: Problem


def admit(changes: Sequence[Change], before: Holdings) -> Admitted | tuple[RecordProblem, ...]:
    """Judges what there will be by the checks of a file that is taken in; what was as bad before is no matter."""
    after = amended(before, changes)
    problems = dict.fromkeys(
        (
            *_of_themselves(changes, registers(after)),
            *_beside_others(changes, before, after),
            *_asked_twice(changes, after),
            *_unsaid(before, after),
        )
    )
    return tuple(problems) or Admitted(after, fitting.new_notes(before, after))


def _of_themselves(changes: Sequence[Change], known: Registers) -> Iterator[RecordProblem]:
    for each in changes:
        if each.after is not None:
            schema = KINDS[each.kind]
            found = record_of(schema, cells_of(schema, each.after), known)
            if isinstance(found, tuple):
                yield from (RecordProblem(each.what, problem) for problem in found)


def _beside_others(changes: Sequence[Change], before: Holdings, after: Holdings) -> Iterator[RecordProblem]:
    ours = {each.what for each in changes}
    known = set(fitting.misfits(before))
    for misfit in fitting.misfits(after):
        what = RecordName(misfit.kind, KINDS[misfit.kind].name_of(misfit.record))
        if what in ours:
            yield RecordProblem(what, misfit.at(0))
        elif misfit not in known:
            yield RecordProblem(what, _of_another(what, misfit.column, misfit.value))


def _of_another(what: RecordName, column: str, value: str) -> Problem:
    """What does not fit any more, in a record that nobody touches."""
    reason = Fault.AMENDED_MISFIT.format(kind=what.kind, id=what.key, column=column, value=shown(value))
    return Problem(0, "", "", reason)


def _unsaid(before: Holdings, after: Holdings) -> Iterator[RecordProblem]:
    for name, problem in fitting.unsaid(before, after):
        yield RecordProblem(RecordName("danger-texts", name), problem)


def _asked_twice(changes: Sequence[Change], after: Holdings) -> Iterator[RecordProblem]:
    for kind, schema in KINDS.items():
        ours = [each for each in changes if each.kind == kind and each.after is not None]
        if schema.distinct and ours:
            owners = {
                folded(text): schema.name_of(record)
                for record in reversed(after.of(kind))
                for _, text in _texts(kind, record)
            }
            for each in ours:
                yield from _met(each, owners)


def _met(change: Change, owners: dict[str, str]) -> Iterator[RecordProblem]:
    had = {folded(text) for _, text in _texts(change.kind, change.before)}
    for column, text in _texts(change.kind, change.after):
        owner = owners[folded(text)]
        if owner != change.key and folded(text) not in had:
            yield RecordProblem(
                change.what, Problem(0, column, shown(text), Fault.DOUBLE_ELSEWHERE.format(id=owner))
            )


def _texts(kind: str, record: Any | None) -> Iterator[tuple[str, str]]:
    """The texts that may not come back in another record, by the heading of their column."""
    for column in KINDS[kind].columns if record is not None else ():
        if column.field in KINDS[kind].distinct:
            value = getattr(record, column.field)
            yield from ((column.name, text) for text in ((value,) if isinstance(value, str) else value))
