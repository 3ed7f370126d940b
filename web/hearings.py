"""The public page on meetings with the mayor and other hearings: what is announced, and what was heard."""

from functools import partial

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.hearings import Hearing, ahead, over
from faq.models import Status
from faq.offices import Directory
from nlp.japan import today
from web.rule import EVERYBODY, page
from web.site import site
from web.speech import tell, tell_day

hearings = Blueprint("hearings", __name__)


@page(hearings, "/hearings", EVERYBODY)
def show() -> ResponseReturnValue:
    """All that are known, the next first, then the latest."""
    with site().database.read() as tx:
        city = site().city(tx)
    day, known = today(site().clock()), city.hearings
    return flask.render_template(
        "hearings.html",
        ahead=ahead(known, day),
        over=over(known, day),
        today=day,
        when=_when,
        place=partial(_place, city.directory),
        source=_source,
    )


def _place(directory: Directory, hearing: Hearing) -> str:
    """The office and the room, or the ward and the place."""
    office = directory.office(hearing.office) if hearing.office else None
    return " ".join(filter(None, (office.name if office else hearing.ward, hearing.place)))


def _when(hearing: Hearing) -> str:
    """The day with its times, or what is known of it in words."""
    if hearing.day is None:
        return hearing.dates
    if hearing.starts is None or hearing.ends is None:
        return tell_day(hearing.day)
    times = (f"{each:%H:%M}" for each in (hearing.starts, hearing.ends))
    return f"{tell_day(hearing.day)} {'–'.join(times)}"


def _source(hearing: Hearing) -> str:
    """Who says so, as of when, and whether that is sure."""
    given = hearing.provenance
    known = given.confirmed_on or given.published_on
    as_of = tell("page.hearings.as_of", day=tell_day(known)) if known else ""
    unsure = tell("page.hearings.unconfirmed") if given.status is Status.UNCONFIRMED else ""
    return " ".join(filter(None, (as_of, unsure)))
