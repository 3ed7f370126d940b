"""Answering a case: into LINE, onto the city's page, or a record of a call. What is half written is never lost."""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.models import EntryId
from store import case_answers
from store.case_answers import In
from store.case_refusals import Changed, Refused
from store.case_talk import ANSWERS
from store.cases import Case
from web.case_acts import take_in
from web.case_page import Page, kept, page_of, reply_form, shown
from web.case_preview import of_reply
from web.case_quotes import quoted, to_quote
from web.door import viewer
from web.personal import without_personal
from web.rule import STAFF, page
from web.site import site

case_reply = Blueprint("case_reply", __name__)


@page(case_reply, "/staff/cases/<int:number>/reply", STAFF, methods=("POST",))
def send(number: int) -> ResponseReturnValue:
    """Sends the answer; or, by which button was pressed, shows it first, or seeks and quotes what the city knows."""
    asked = flask.request.form
    if asked.get("act") in ("seek", "check") or "quote" in asked:
        return _shown_first(number)
    in_line = asked.get("reply-how") == In.LINE
    return take_in(number, lambda of: of.reply, _answer, "in_line" if in_line else "on_page")


@page(case_reply, "/staff/cases/<int:number>/preview", STAFF, methods=("POST",))
def preview(number: int) -> ResponseReturnValue:
    """What the resident would see of what is being written; it comes in a form, never in an address."""
    with site().database.read() as tx:
        case, known = kept(tx, number), site().city(tx)
        seen = of_reply(tx, known, case, reply_form(known, case))
    return flask.render_template("cases/preview.html", preview=seen)


@page(case_reply, "/staff/cases/<int:number>/quotes", STAFF, methods=("POST",))
def quotes(number: int) -> ResponseReturnValue:
    """What can be quoted, while one types what it is about."""
    with site().database.read() as tx:
        kept(tx, number)
        found = to_quote(site().city(tx), flask.request.form.get("q", ""))
    return flask.render_template("cases/quotes.html", quotes=found)


@page(case_reply, "/staff/cases/<int:number>/telephone", STAFF, methods=("POST",))
def telephone(number: int) -> ResponseReturnValue:
    """Notes what was said on the telephone; what is personal in it is masked."""

    def note(of: Page) -> Case | Refused:
        words = without_personal(of.known, of.phone.text)
        return _give(of, of.phone.read_version, words, In.TELEPHONE, closes=of.phone.closes.data)

    return take_in(number, lambda of: of.phone, note, "telephone")


def _shown_first(number: int) -> str:
    asked = flask.request.form
    with site().database.write() as tx:
        opened = page_of(tx, number)
        entry = opened.known.knowledge.entry(EntryId(asked.get("quote", "")))
        if entry is not None:
            words = opened.reply.words
            words.data = "\n\n".join(filter(None, (opened.reply.text, quoted(entry))))
        sought = to_quote(opened.known, asked.get("q", "")) if asked.get("act") == "seek" else None
        return shown(opened, quotes=sought)


def _answer(of: Page) -> Case | Refused:
    form = of.reply
    came = _give(of, form.read_version, form.text, form.way, closes=form.closes.data)
    return of.case if isinstance(came, Changed) and _was_sent(of) else came


def _give(of: Page, version: int, words: str, how: In, *, closes: bool) -> Case | Refused:
    now = site().clock()
    return case_answers.answer(of.tx, viewer(), of.case.id, version, words, how, now, also_closes=closes)


def _was_sent(of: Page) -> bool:
    """Whether the very same stands there already: a button that was pressed twice sends once."""
    answers = [each for each in of.talk if each.kind in ANSWERS and each.id > of.reply.seen_line]
    return any((each.by_shown, each.words) == (viewer().shown, of.reply.text) for each in answers)
