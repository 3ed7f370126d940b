"""Alarms as staff see them: of what danger, who has looked, what was done, and the words behind a reason."""

from datetime import timedelta
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from nlp.danger import DangerKind
from store import alarm_acts, alarm_rules
from store import alarms as kept
from store.alarms import Alarm, AlarmId
from store.db import Tx
from web.door import viewer
from web.rule import STAFF, STAFF_WITH_NAMES, page
from web.section_names import section_names
from web.site import site
from web.written import masked

alarms = Blueprint("alarms", __name__)

LISTED: Final = timedelta(days=30)
"""So long what is handled stays on the list."""
MOST: Final = 500
"""Letters of a note, and of a reason."""
_ONE: Final = "/staff/alarms/<int:number>"


@page(alarms, "/staff/alarms", STAFF)
def show() -> ResponseReturnValue:
    """What nobody has handled, and what was handled lately."""
    here, now = site(), site().clock()
    with here.database.read() as tx:
        found = kept.listed(tx, viewer(), now - LISTED, now)
        sections = section_names(tx)
        is_on = bool(alarm_rules.all_rules(tx))
    return flask.render_template(
        "alarms/list.html",
        waiting=[each for each in found if each.is_open],
        handled=[each for each in found if not each.is_open],
        sections=sections,
        danger_word=danger_word,
        is_on=is_on,
    )


@page(alarms, _ONE, STAFF)
def one(number: int) -> ResponseReturnValue:
    """One, with what can be done."""
    with site().database.read() as tx:
        return _page(tx, _found(tx, number))


@page(alarms, f"{_ONE}/see", STAFF, methods=("POST",))
def see(number: int) -> ResponseReturnValue:
    """Somebody has seen it; the first is noted."""
    here = site()
    with here.database.write() as tx:
        alarm = _found(tx, number)
        if not alarm_acts.see(tx, viewer(), alarm.id, here.clock()):
            flask.flash(here.say("alarms.seen_before"), "info")
    return flask.redirect(flask.url_for("alarms.one", number=number), 303)


@page(alarms, f"{_ONE}/handle", STAFF, methods=("POST",))
def handle(number: int) -> ResponseReturnValue:
    """Notes what was done; a colleague's note stays."""
    here = site()
    with here.database.write() as tx:
        alarm, note = _found(tx, number), _written(tx, "note")
        if not note:
            return _page(tx, alarm, wrong_note=here.say("alarms.wrong.note", most=MOST)), 422
        if not alarm_acts.handle(tx, viewer(), alarm.id, note, here.clock()):
            return _page(tx, _found(tx, number), wrong_note=here.say("alarms.handled_before")), 409
    flask.flash(here.say("alarms.handled"))
    return flask.redirect(flask.url_for("alarms.show"), 303)


@page(alarms, f"{_ONE}/words", STAFF_WITH_NAMES, methods=("POST",))
def open_words(number: int) -> ResponseReturnValue:
    """Shows what was written, once for each reason; the audit has both."""
    here = site()
    with here.database.write() as tx:
        alarm, why = _found(tx, number), _written(tx, "why")
        if not why:
            return _page(tx, alarm, wrong_why=here.say("alarms.wrong.why", most=MOST)), 422
        words = alarm_acts.open_words(tx, viewer(), alarm.id, why, here.clock())
        return _page(tx, alarm, words=words)


def danger_word(danger: DangerKind) -> str:
    """What people call a kind of danger."""
    return site().say(f"columns.danger-texts.danger.words.{danger}")


def _found(tx: Tx, number: int) -> Alarm:
    return kept.find(tx, viewer(), AlarmId(number), site().clock()) or flask.abort(404)


def _written(tx: Tx, name: str) -> str:
    """A text of the form without a person's own data; empty where there is none, or too much."""
    text = flask.request.form.get(name, "").strip()
    return masked(site().city(tx), text) if len(text) <= MOST else ""


def _page(tx: Tx, alarm: Alarm, words: str | None = None, wrong_note: str = "", wrong_why: str = "") -> str:
    return flask.render_template(
        "alarms/one.html",
        alarm=alarm,
        danger_word=danger_word,
        section=section_names(tx).get(alarm.section, alarm.section),
        words=words,
        wrong_note=wrong_note,
        wrong_why=wrong_why,
        sent=flask.request.form,
        most=MOST,
    )
