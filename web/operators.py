"""The operators' page: one line, what it may mean as one types, and the answer to read out.

What callers say may name them: it comes in the body of a request, never in an address, and is not kept here.
"""

import threading
from dataclasses import dataclass
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.counters import SectionId
from faq.models import FaqEntry, Office
from faq.programmes import Programme
from nlp.token_filters import hiragana
from web.call_log import CallLog
from web.calls import DESK
from web.cautions import alarm_of
from web.city_now import city_now
from web.counters import at
from web.door import viewer
from web.favourites import used
from web.known import Known
from web.panes import Pane, pane_of
from web.partial import partial
from web.reading_out import beginning
from web.rule import PART, SIGNED_IN, page
from web.site import site
from web.suggested import NOTHING, Found, Thing, key_of, searched, suggested, thing_of
from web.transfer import likely, targets_now

operators = Blueprint("operators", __name__)

_ONE_AT_A_TIME: Final = threading.Lock()
"""Threads that compute at once take the interpreter from one another a thousand times a second, and all are late."""

LONGEST: Final = 200
"""Letters of a question."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of what was found."""

    key: str
    sort: str
    """質問, 窓口 or 相談."""
    title: str
    kana: str
    """How the title is read; empty where everybody knows."""
    about: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What was chosen, and what the log of the call takes from it."""

    pane: Pane
    key: str
    entry: str
    """The id of the entry; empty for what is none."""
    sections: tuple[SectionId, ...]
    """To whom the call may be handed on, the likeliest first."""


@page(operators, "/operators", SIGNED_IN)
def show() -> ResponseReturnValue:
    """The empty line."""
    return _whole(city_now(), "", (), None)


@page(operators, "/operators", SIGNED_IN, methods=("POST",))
def find() -> ResponseReturnValue:
    """The whole page with what was found, and what was chosen of it: for browsers without scripts."""
    known, words = city_now(), _words()
    found = searched(known, words) if words else NOTHING
    chosen = flask.request.form.get("chosen", "") or (key_of(found.things[0]) if found.sure else "")
    return _whole(known, words, _rows(known, found, words), _shown(known, words, chosen))


@page(operators, "/operators/suggestions", SIGNED_IN, methods=("POST",))
def suggest() -> ResponseReturnValue:
    """The list alone: while one types, and for the whole question once Enter is pressed."""
    known, words = city_now(), _words()
    with _ONE_AT_A_TIME:
        found = (searched if "whole" in flask.request.form else suggested)(known, words)
        rows, alarm = _rows(known, found, words), alarm_of(known, words)
        return partial("operators/list.html", rows=rows, sure=found.sure, alarm=alarm)


@page(operators, "/operators/answer", SIGNED_IN, methods=("POST",))
def answer() -> ResponseReturnValue:
    """The pane alone."""
    known, words, chosen = city_now(), _words(), flask.request.form.get("chosen", "")
    shown = _shown(known, words, chosen) or flask.abort(404)
    used(chosen)
    return flask.render_template("operators/pane.html", shown=shown)


@page(operators, "/operators/open-now", PART)
def open_now() -> ResponseReturnValue:
    """Which sections are open now, for the list of those to whom a call may be handed on."""
    return partial("operators/open_now.html", targets=targets_now(city_now(), site().clock()))


def _whole(known: Known, words: str, rows: tuple[Row, ...], shown: Shown | None) -> str:
    likely = shown.sections if shown else ()
    log = CallLog.of(known, likely) if DESK.admits(viewer()) else None
    alarm = alarm_of(known, words)
    return flask.render_template(
        "operators/show.html", words=words, alarm=alarm, rows=rows, shown=shown, log=log
    )


def _words() -> str:
    return flask.request.form.get("q", "")[:LONGEST].strip()


def _rows(known: Known, found: Found, words: str) -> tuple[Row, ...]:
    return tuple(_row(known, thing, words) for thing in found.things)


def _row(known: Known, thing: Thing, words: str) -> Row:
    key, say = key_of(thing), site().say
    match thing:
        case FaqEntry():
            return Row(key, say("operators.sort.entry"), thing.question, "", beginning(thing, words))
        case Office():
            said = at(known, thing, site().clock()).said
            about = say("operators.office", hours=said, address=thing.address, telephone=thing.telephone)
            return Row(key, say("operators.sort.office"), thing.name, hiragana(thing.kana), about)
        case Programme():
            about = say("operators.programme", frequency=thing.frequency, place=thing.place)
            return Row(key, say("operators.sort.programme"), thing.name, "", about)


def _shown(known: Known, words: str, key: str) -> Shown | None:
    """None where nothing is of that key."""
    thing = thing_of(known, key)
    if thing is None:
        return None
    entry = str(thing.id) if isinstance(thing, FaqEntry) else ""
    return Shown(pane_of(known, thing, words, site().clock()), key, entry, likely(known, thing, words))
