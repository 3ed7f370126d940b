"""The calendar of times that can be booked: free and taken, by the week or the month; a whole day opened or blocked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.programmes import ProgrammeId
from nlp.japan import today
from store import slots as store
from store.slots import SlotState, TimeSlot
from web.days import asked_day, day_of
from web.door import viewer
from web.programmes import with_times
from web.rule import STAFF, page
from web.site import site

slots = Blueprint("slots", __name__)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar, and its times in order."""

    day: date
    slots: tuple[TimeSlot, ...]

    @property
    def open(self) -> tuple[TimeSlot, ...]:
        return tuple(each for each in self.slots if each.state is SlotState.OPEN)

    @property
    def seats(self) -> int:
        return sum(each.seats for each in self.open)

    @property
    def free(self) -> int:
        return sum(each.free for each in self.open)


@page(slots, "/staff/slots", STAFF)
def show() -> ResponseReturnValue:
    """A week, or a month."""
    day, monthly = asked_day(), flask.request.args.get("by") == "month"
    first, last = _month(day) if monthly else _week(day)
    programme = flask.request.args.get("programme", "")
    now = site().clock()
    with site().database.read() as tx:
        found = store.between(tx, viewer(), first, last, now, ProgrammeId(programme) if programme else None)
        names = {each.id: each.name for each in with_times(tx, viewer())}
    return flask.render_template(
        "slots/show.html",
        days=_days(first, last, found),
        first=first,
        last=last,
        monthly=monthly,
        programme=programme,
        names=names,
        before=first - timedelta(days=1),
        after=last + timedelta(days=1),
        today=today(now),
        now=now,
    )


@page(slots, "/staff/slots/day", STAFF, methods=("POST",))
def change_day() -> ResponseReturnValue:
    """Blocks, or opens, all times of a day; of one programme, where one is shown."""
    form = flask.request.form
    day, programme, opens = day_of(form.get("day", "")), form.get("programme", ""), form.get("act") == "open"
    if day is None:
        flask.abort(404)
    who, now = viewer(), site().clock()
    before, change = (SlotState.BLOCKED, store.unblock) if opens else (SlotState.OPEN, store.block)
    with site().database.write() as tx:
        of_day = store.between(tx, who, day, day, now, ProgrammeId(programme) if programme else None)
        wanted = [each for each in of_day if each.state is before and each.starts_at > now]
        for each in wanted:
            change(tx, each.id, who, now)
    key = "slots.day_opened" if opens else "slots.day_blocked"
    flask.flash(site().say(key if wanted else "slots.nothing", count=len(wanted)))
    return flask.redirect(flask.url_for("slots.show", day=day.isoformat(), programme=programme or None), 303)


def _week(day: date) -> tuple[date, date]:
    """From Monday to Sunday."""
    first = day - timedelta(days=day.weekday())
    return first, first + timedelta(days=6)


def _month(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _days(first: date, last: date, found: Iterable[TimeSlot]) -> tuple[Day, ...]:
    by_day: Mapping[date, list[TimeSlot]] = defaultdict(list)
    for slot in found:
        by_day[slot.day].append(slot)
    return tuple(Day(day, tuple(by_day[day])) for day in _each(first, last))


def _each(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
