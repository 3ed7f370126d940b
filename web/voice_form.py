"""Telling the city something by a form: from the talk by a link of one's own, or without LINE, open to everybody.

No account and no name are asked. What is sent twice is one voice. Who sends very often waits, counted by a keyed hash
of the network's address that is gone after some minutes. Afterwards a page of one's own tells how it goes on.
"""

from dataclasses import dataclass
from datetime import datetime

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.retention import Purpose as Kept
from store import links, photographs, voice_drafts
from store.audit import SERVICE, ByResident
from store.case_opening import Opener
from store.db import Tx
from store.links import Link, Purpose
from store.photographs import MOST
from store.residents import ResidentId
from web.pictures import MOST_SENT, brought
from web.rule import EVERYBODY, Rule, page
from web.site import site
from web.speech import hear, is_switched, language, tell
from web.voice_fields import LONGEST, VoiceFields
from web.voice_sending import NotTold, lead_to, send, send_again
from web.voice_tries import minutes_to_wait

voice_form = Blueprint("voice_form", __name__)

WITH_PICTURES = Rule(None, most_bytes=MOST_SENT)
"""Everybody, with files."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Who fills in the form."""

    resident: ResidentId | None
    """None: nobody knows."""
    token: str
    """Of the link from the talk; empty for everybody's form."""

    @property
    def by(self) -> Opener:
        return SERVICE if self.resident is None else ByResident(self.resident)

    @property
    def address(self) -> str:
        """Where the form is sent."""
        if self.token:
            return flask.url_for("voice_form.send_own", token=self.token, lang=language())
        return flask.url_for("voice_form.send_open", lang=language())


EVERYBODYS = Opened(None, "")


@page(voice_form, "/voices/new", EVERYBODY)
def show_open() -> ResponseReturnValue:
    """Everybody's form."""
    return _form(EVERYBODYS, _asked(EVERYBODYS))


@page(voice_form, "/voices/new", WITH_PICTURES, methods=("POST",))
def send_open() -> ResponseReturnValue:
    """Sends it, and leads to the page of one's own."""
    return _taken(EVERYBODYS)


@page(voice_form, "/v/<token>", EVERYBODY)
def show_own(token: str) -> ResponseReturnValue:
    """The form that the talk leads to, with what was written there; to open it changes nothing."""
    opened = _look(token)
    if opened is None:
        return _closed()
    form = _asked(opened)
    with site().database.read() as tx:
        begun = _begun(tx, opened, site().clock())
    if begun is not None:
        form.take_up(begun)
    return _form(opened, form)


@page(voice_form, "/v/<token>", WITH_PICTURES, methods=("POST",))
def send_own(token: str) -> ResponseReturnValue:
    """Sends it, which spends the link; sent a second time, it leads to the same voice."""
    opened = _look(token)
    return _there_already(token) if opened is None else _taken(opened)


def _look(token: str) -> Opened | None:
    with site().database.read() as tx:
        link = links.look(tx, Purpose.VOICE_FORM, token, site().clock())
        if not isinstance(link, Link) or link.resident is None:
            return None
        hear(tx, link.resident)
    return Opened(link.resident, token)


def _there_already(token: str) -> ResponseReturnValue:
    """For who sends a form again that was sent: a button that was pressed twice."""
    with site().database.read() as tx:
        link = links.spent(tx, Purpose.VOICE_FORM, token, site().clock())
    if link is None or link.resident is None:
        return _closed()
    again = send_again(link.resident, _asked(Opened(link.resident, token)))
    return _closed() if again is None else lead_to(again)


def _taken(opened: Opened) -> ResponseReturnValue:
    form = _asked(opened)
    if minutes := minutes_to_wait():
        form.form_errors.append(tell("page.voice_form.often", minutes=minutes))
        return _form(opened, form), 429, {"Retry-After": str(minutes * 60)}
    _bring(opened, form)
    if is_switched():
        return _form(opened, form)
    if not form.validate():
        return _form(opened, form), 422
    try:
        return lead_to(send(form, opened.by, opened.token))
    except NotTold as refused:
        if refused.why is None:
            return _there_already(opened.token)
        form.form_errors.append(tell("case.too_many", most=refused.why.most))
        return _form(opened, form), 409


def _bring(opened: Opened, form: VoiceFields) -> None:
    """Makes the pictures anew and keeps them at once, so that nobody has to choose them again after a slip."""
    once, now = form.form, site().clock()
    with site().database.read() as tx:
        there = photographs.of_form(tx, once)
    if there and form.without_pictures.data:
        with site().database.write() as tx:
            photographs.drop(tx, [each.id for each in there])
        there = ()
    form.brought = brought(form.pictures.data or (), MOST - len(there))
    if form.brought.taken:
        with site().database.write() as tx:
            for jpeg in form.brought.taken:
                photographs.keep(tx, jpeg, opened.resident, once, now)


def _begun(tx: Tx, opened: Opened, now: datetime) -> voice_drafts.Begun | None:
    return voice_drafts.begun(tx, opened.resident, now) if opened.resident is not None else None


def _asked(opened: Opened) -> VoiceFields:
    with site().database.read() as tx:
        categories = site().city(tx).voice_categories
    return VoiceFields(categories, in_line=opened.resident is not None)


def _form(opened: Opened, form: VoiceFields) -> str:
    with site().database.read() as tx:
        kept = len(photographs.of_form(tx, form.form))
        begun = _begun(tx, opened, site().clock())
    from_talk = len(begun.photographs) if begun else 0
    form.without_pictures.data = False
    return flask.render_template(
        "voice_form/form.html",
        opened=opened,
        form=form,
        kept=kept + from_talk,
        may_drop=kept > 0,
        most=MOST,
        longest=LONGEST,
        rule=site().retention.particulars[Kept.CASE],
    )


def _closed() -> ResponseReturnValue:
    """A link that was sent, one that is over and one that never was look alike."""
    return flask.render_template("voice_state/closed.html"), 404
