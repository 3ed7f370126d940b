"""What LINE did not take: what it was about, why, and what can be done; without its words and whose they were."""

from collections.abc import Mapping
from dataclasses import dataclass

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.retention import Trace
from nlp.language import Language
from store import undelivered as kept
from store import undelivered_acts as acts
from store.db import Tx
from store.outbox import OutboxId
from store.undelivered import Undelivered
from web.door import viewer
from web.rule import STAFF, page
from web.site import site

undelivered = Blueprint("undelivered", __name__)

_ONE = "/staff/undelivered/<int:number>"
_SORRY = "page.undelivered.sorry"
"""Said in the talk, by the catalogue of the language that its resident reads."""


@dataclass(frozen=True, slots=True)
class Group:
    """All of a kind that nobody can tell apart: each is of no case, booking or proposal."""

    about: str
    rows: tuple[Undelivered, ...]

    @property
    def may_be_sent(self) -> int:
        """How many."""
        return sum(row.may_be_sent for row in self.rows)


@page(undelivered, "/staff/undelivered", STAFF)
def show() -> ResponseReturnValue:
    """What was given up, and what LINE has not taken for an hour."""
    here, now = site(), site().clock()
    with here.database.read() as tx:
        found, stuck = kept.listed(tx, viewer(), now), kept.stuck(tx, viewer(), now)
    return flask.render_template(
        "undelivered/show.html",
        single=[row for row in found if row.receipt],
        groups=_groups(found),
        stuck=[row for row in stuck if row.receipt],
        stuck_groups=_groups(stuck),
        days=here.retention.traces[Trace.FAILURES].days,
    )


@page(undelivered, f"{_ONE}/again", STAFF, methods=("POST",))
def again(number: int) -> ResponseReturnValue:
    """Sends one again, as a new message."""
    return _sent_again(OutboxId(number))


@page(undelivered, f"{_ONE}/told", STAFF, methods=("POST",))
def told(number: int) -> ResponseReturnValue:
    """Notes that one was told in another way, or need not be."""
    return _told(OutboxId(number))


@page(undelivered, "/staff/undelivered/all/again", STAFF, methods=("POST",))
def all_again() -> ResponseReturnValue:
    """Sends all of a kind again."""
    return _sent_again(flask.request.form.get("about", ""))


@page(undelivered, "/staff/undelivered/all/told", STAFF, methods=("POST",))
def all_told() -> ResponseReturnValue:
    """Notes the same of all of a kind."""
    return _told(flask.request.form.get("about", ""))


def _sent_again(which: OutboxId | str) -> ResponseReturnValue:
    here = site()
    with here.database.write() as tx:
        _must_be_there(tx, which)
        count = acts.send_again(tx, viewer(), which, _sorry(), here.clock())
    return _back("undelivered.sent_again", "undelivered.not_sent", count)


def _told(which: OutboxId | str) -> ResponseReturnValue:
    here = site()
    with here.database.write() as tx:
        _must_be_there(tx, which)
        count = acts.told(tx, viewer(), which, here.clock())
    return _back("undelivered.told", "undelivered.seen_to", count)


def _must_be_there(tx: Tx, which: OutboxId | str) -> None:
    if isinstance(which, int) and not kept.is_there(tx, viewer(), which):
        flask.abort(404)


def _back(done: str, nothing: str, count: int) -> ResponseReturnValue:
    if count:
        flask.flash(site().say(done, count=count))
    else:
        flask.flash(site().say(nothing), "info")
    return flask.redirect(flask.url_for("undelivered.show"), 303)


def _sorry() -> Mapping[Language, str]:
    """The excuse for coming late, in each language of the talk."""
    return {language: words.say(_SORRY) for language, words in site().wordings.items()}


def _groups(found: tuple[Undelivered, ...]) -> list[Group]:
    rows = [row for row in found if not row.receipt]
    kinds = dict.fromkeys(row.about for row in rows)
    return [Group(about, tuple(row for row in rows if row.about == about)) for about in kinds]
