"""What becomes of bookings at closed offices, as part of the page of disaster mode: before it is done and after."""

from dataclasses import dataclass
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.disaster import ClosedOffice, DisasterId
from store import bookings, disaster_measures, displacing, terms
from store import displaced as store
from store.bookings import BookingId
from store.disaster import Disaster, State
from store.displaced import Counts, ToCall
from web.door import viewer
from web.rule import PERSONAL, page
from web.site import site

displaced = Blueprint("displaced", __name__)

MOST: Final = 100
"""People to call, on the page."""


@dataclass(frozen=True, slots=True)
class Planned:
    """How many bookings would move, and for how many no time is free, were the mode on."""

    moves: int
    without: int
    asked: int
    """Who waits, has entered for lots or is at the form."""


@dataclass(frozen=True, slots=True)
class Displaced:
    """What the page shows of a disaster."""

    planned: Planned | None
    """Of what is only proposed or rehearsed."""
    counts: Counts | None
    to_call: tuple[ToCall, ...]


@displaced.app_template_global("displaced_by")
def displaced_by(disaster: Disaster) -> Displaced:
    """The plan of a disaster that is not on yet; what was done in one that is or was."""
    now = site().clock()
    with site().database.read() as tx:
        if disaster.state in (State.PROPOSED, State.REHEARSED):
            said = disaster_measures.as_said(tx, disaster, now)
            closed = [each.what for each in said.of(ClosedOffice) if each.holds(now)]
            by_programme = {each.programme: each for each in terms.all_terms(tx)}
            plan = displacing.plan(tx, closed, by_programme, now)
            return Displaced(Planned(len(plan.moves), len(plan.without), len(plan.asked)), None, ())
        calls = store.to_call(tx, viewer(), disaster.id, now, MOST)
        return Displaced(None, store.counts(tx, disaster.id), calls)


@page(displaced, "/staff/disaster/<int:number>/bookings/<int:booking>/called", PERSONAL, methods=("POST",))
def called(number: int, booking: int) -> ResponseReturnValue:
    """Notes that somebody was told by telephone."""
    now = site().clock()
    with site().database.write() as tx:
        theirs = bookings.find(tx, BookingId(booking), viewer(), now)
        if theirs is None or not store.has(tx, DisasterId(number), theirs.id):
            flask.abort(404)
        done = store.called(tx, viewer(), DisasterId(number), theirs.id, now)
    flask.flash(site().say("displaced.called" if done else "displaced.called_before"))
    return flask.redirect(flask.url_for("disaster.show") + "#displaced", 303)
