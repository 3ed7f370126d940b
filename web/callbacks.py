"""The queue of callbacks: what was promised, the soonest first, what is late on top."""

from datetime import datetime, time, timedelta

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from nlp.japan import JAPAN, today
from store import callbacks as kept
from web.door import viewer
from web.rule import SIGNED_IN, page
from web.section_names import section_names
from web.site import site

callbacks = Blueprint("callbacks", __name__)

SOON = timedelta(minutes=15)
"""What is due so soon is marked."""


@page(callbacks, "/operators/callbacks", SIGNED_IN)
def show() -> ResponseReturnValue:
    """What waits, and what was settled today."""
    here, now = site(), site().clock()
    with here.database.read() as tx:
        waiting = kept.waiting(tx, viewer())
        settled = kept.settled_since(tx, viewer(), _midnight(now))
        sections = section_names(tx)
    return flask.render_template(
        "callbacks/show.html",
        waiting=waiting,
        settled=settled,
        late=sum(each.is_late(now) for each in waiting),
        sections=sections,
        centre=here.profile.call_centre.name,
        now=now,
        soon=now + SOON,
    )


def _midnight(now: datetime) -> datetime:
    return datetime.combine(today(now), time(), JAPAN)
