"""An answer for one person alone, behind a one-time link that was announced in neutral words.

To open the address shows a button and nothing else, since messengers open links by themselves; to press it shows the
answer once, notes that it was read, and spends the link. A new link can be had in the talk at any time.
"""

from dataclasses import dataclass

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import audit, case_talk, cases, links
from store.audit import ByResident, Kind
from store.case_talk import Answer, EntryId
from store.cases import Case
from store.db import Tx
from store.links import Link, Purpose
from web.rule import EVERYBODY, page
from web.section_names import section_names
from web.site import site
from web.speech import hear

case_answer = Blueprint("case_answer", __name__)


@dataclass(frozen=True, slots=True)
class Found:
    """An answer, and whose it is."""

    answer: Answer
    case: Case
    section: str
    by: ByResident


@page(case_answer, "/a/<token>", EVERYBODY)
def show(token: str) -> ResponseReturnValue:
    """The button; nothing of the answer, and not whether there is one."""
    with site().database.read() as tx:
        link = links.look(tx, Purpose.CASE_ANSWER, token, site().clock())
        hear(tx, link.resident if isinstance(link, Link) else None)
    if not isinstance(link, Link):
        return _closed(link)
    return flask.render_template("case_answer/sealed.html", token=token)


@page(case_answer, "/a/<token>", EVERYBODY, methods=("POST",))
def read(token: str) -> ResponseReturnValue:
    """The answer, once."""
    now = site().clock()
    with site().database.write() as tx:
        link = links.spend(tx, Purpose.CASE_ANSWER, token, now)
        if not isinstance(link, Link):
            return _closed(link)
        hear(tx, link.resident)
        found = _found(tx, link)
        if found is not None:
            case_talk.was_read(tx, found.by.resident, found.answer.entry, now)
            audit.record(tx, found.by, "case.answer_read", Kind.CASE, str(found.case.id), now)
    if found is None:
        return _closed(links.Refusal.UNKNOWN)
    return flask.render_template("case_answer/answer.html", found=found)


def _found(tx: Tx, link: Link) -> Found | None:
    """None where it is not theirs, or erased."""
    if link.resident is None:
        return None
    answer = case_talk.answer_of(tx, link.resident, EntryId(link.about))
    case = cases.own(tx, link.resident, answer.case) if answer and answer.words else None
    if answer is None or case is None:
        return None
    return Found(answer, case, section_names(tx).get(case.section, ""), ByResident(link.resident))


def _closed(why: links.Refusal) -> ResponseReturnValue:
    """One that was opened, another's and one that never was look alike."""
    expired = why is links.Refusal.EXPIRED
    return flask.render_template("case_answer/closed.html", expired=expired), 410 if expired else 404
