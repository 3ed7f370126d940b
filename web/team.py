"""How the day goes, for who leads operators: who is there, who asks for help, what is late, what had no answer."""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from nlp.japan import today
from store import callbacks, calls, calls_for_help
from store import team as at_work
from store.calls import Outcome
from web.door import viewer
from web.report_words import percent
from web.rule import LEADS, page
from web.section_names import section_names
from web.site import site

team = Blueprint("team", __name__)


@page(team, "/operators/team", LEADS)
def show() -> ResponseReturnValue:
    """The page, which asks for itself again every few seconds."""
    here, now, who = site(), site().clock(), viewer()
    day = today(now)
    with here.database.read() as tx:
        found = at_work.of_day(tx, who, day, now)
        unanswered = [each for each in calls.of_day(tx, who, day) if each.outcome is Outcome.NONE]
        late = [each for each in callbacks.waiting(tx, who) if each.is_late(now)]
        asking = calls_for_help.waiting(tx, who, now)
        sections = section_names(tx)
    return flask.render_template(
        "team/show.html",
        team=found,
        unanswered=unanswered,
        late=late,
        asking=asking,
        sections=sections,
        rate=percent(found.first_answers, found.counted),
        outcomes=tuple(Outcome),
        heads=tuple(here.say(f"calls.outcome.{each}") for each in Outcome),
        now=now,
    )
