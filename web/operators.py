"""The operators' page: one line, what it may mean as one types, and the answer to read out.

What callers say may name them: it comes in the body of a request, never in an address, and is not kept here.
"""

from dataclasses import dataclass
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.models import FaqEntry, Office
from faq.programmes import Programme
from nlp.token_filters import hiragana
from web.counters import at
from web.favourites import used
from web.known import Known
from web.panes import Pane, pane_of
from web.partial import partial
from web.reading_out import first_sentences
from web.rule import SIGNED_IN, page
from web.site import site
from web.suggested import NOTHING, Found, Thing, key_of, searched, suggested, thing_of

operators = Blueprint("operators", __name__)

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


@page(operators, "/operators", SIGNED_IN)
def show() -> ResponseReturnValue:
    """The empty line."""
    return _whole("", (), None)


@page(operators, "/operators", SIGNED_IN, methods=("POST",))
def find() -> ResponseReturnValue:
    """The whole page with what was found, and what was chosen of it: for browsers without scripts."""
    known, words = _known(), _words()
    found = searched(known, words) if words else NOTHING
    chosen = flask.request.form.get("chosen", "") or (key_of(found.things[0]) if found.sure else "")
    return _whole(words, _rows(known, found), _pane(known, words, chosen) if chosen else None)


@page(operators, "/operators/suggestions", SIGNED_IN, methods=("POST",))
def suggest() -> ResponseReturnValue:
    """The list alone: while one types, and for the whole question once Enter is pressed."""
    known, words = _known(), _words()
    found = (searched if "whole" in flask.request.form else suggested)(known, words)
    return partial("operators/list.html", rows=_rows(known, found), sure=found.sure)


@page(operators, "/operators/answer", SIGNED_IN, methods=("POST",))
def answer() -> ResponseReturnValue:
    """The pane alone."""
    chosen = flask.request.form.get("chosen", "")
    pane = _pane(_known(), _words(), chosen)
    used(chosen)
    return flask.render_template(pane.template, pane=pane)


def _whole(words: str, rows: tuple[Row, ...], pane: Pane | None) -> str:
    return flask.render_template("operators/show.html", words=words, rows=rows, pane=pane)


def _known() -> Known:
    with site().database.read() as tx:
        return site().city(tx)


def _words() -> str:
    return flask.request.form.get("q", "")[:LONGEST].strip()


def _rows(known: Known, found: Found) -> tuple[Row, ...]:
    return tuple(_row(known, thing) for thing in found.things)


def _row(known: Known, thing: Thing) -> Row:
    key, say = key_of(thing), site().say
    match thing:
        case FaqEntry():
            return Row(key, say("operators.sort.entry"), thing.question, "", first_sentences(thing.answer))
        case Office():
            said = at(known, thing, site().clock()).said
            about = say("operators.office", hours=said, address=thing.address, telephone=thing.telephone)
            return Row(key, say("operators.sort.office"), thing.name, hiragana(thing.kana), about)
        case Programme():
            about = say("operators.programme", frequency=thing.frequency, place=thing.place)
            return Row(key, say("operators.sort.programme"), thing.name, "", about)


def _pane(known: Known, words: str, key: str) -> Pane:
    thing = thing_of(known, key) or flask.abort(404)
    return pane_of(known, thing, words, site().clock())
