"""One mailing: how it looks in each language, who gets it and what that costs, what can be done, what became of it."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from nlp.language import Language
from store import (
    line_plan,
    mailing_decisions,
    mailing_drafts,
    mailing_figures,
    mailings,
    run_settings,
    subscriptions,
)
from store.db import Tx
from store.line_plan import Plan
from store.mailings import Mailing, MailingId, Refusal, State
from store.sight import Role
from web.bubble import Bubble
from web.door import viewer
from web.mailing_words import TONES, language_word, next_step, say_refusal
from web.numbers import sent_number
from web.rule import APPROVERS, STAFF, page
from web.section_names import section_names
from web.site import site

mailing = Blueprint("mailing", __name__)

_ONE: Final = "/staff/mailings/<int:number>"


@dataclass(frozen=True, slots=True)
class Cost:
    """What sending it now would take, before anybody gets it."""

    people: Counter[Language]
    plan: Plan | None
    """None: LINE has not said what the month gives."""

    @property
    def total(self) -> int:
        return self.people.total()

    @property
    def is_too_much(self) -> bool:
        """Whether the month does not give so many."""
        left = None if self.plan is None else self.plan.left
        return left is not None and left < self.total


@page(mailing, _ONE, STAFF)
def show(number: int) -> ResponseReturnValue:
    """All of it."""
    with site().database.read() as tx:
        return render(tx, number)


@page(mailing, f"{_ONE}/<any('submit', 'take-back', 'stop', 'discard'):act>", STAFF, methods=("POST",))
def change(number: int, act: str) -> ResponseReturnValue:
    """What whoever sees it may do."""
    which, version, now = MailingId(number), sent_number("version"), site().clock()
    with site().database.write() as tx:
        _there(tx, number)
        came: Mailing | Refusal | None
        match act:
            case "submit":
                came = mailing_decisions.submit(tx, viewer(), which, version, now)
            case "take-back":
                came = mailing_decisions.take_back(tx, viewer(), which, version, now)
            case "stop":
                came = mailing_decisions.stop(tx, viewer(), which, now)
            case _:
                came = mailing_drafts.discard(tx, viewer(), which, version, now)
    return _done(number, act.replace("-", "_"), came)


@page(mailing, f"{_ONE}/approve", APPROVERS, methods=("POST",))
def approve(number: int) -> ResponseReturnValue:
    """A second person lets it be sent."""
    with site().database.write() as tx:
        _there(tx, number)
        came = mailing_decisions.approve(
            tx, viewer(), MailingId(number), sent_number("version"), site().clock()
        )
    return _done(number, "approve", came)


@page(mailing, f"{_ONE}/send-back", APPROVERS, methods=("POST",))
def send_back(number: int) -> ResponseReturnValue:
    """Returns it to its authors, with the reason."""
    reason = flask.request.form.get("reason", "")[:500]
    with site().database.write() as tx:
        _there(tx, number)
        came = mailing_decisions.send_back(
            tx, viewer(), MailingId(number), sent_number("version"), reason, site().clock()
        )
    return _done(number, "send_back", came)


def render(tx: Tx, number: int, wrong: str = "") -> str:
    """The page; `wrong` says why what was asked for was not done."""
    found, who = _there(tx, number), viewer()
    is_begun = found.begun_at is not None
    return flask.render_template(
        "mailings/one.html",
        mailing=found,
        bubbles=_bubbles(tx, found),
        cost=None if is_begun or found.state is State.LAPSED else _cost(tx, found),
        figures=mailing_figures.of(tx, found.id) if is_begun else None,
        topics=[topic.name for topic in site().city(tx).topics if topic.id in found.what.topics],
        sections=section_names(tx),
        hours=run_settings.read(tx),
        next_step=next_step(found, who),
        is_mine=who.account in found.authors,
        decides=who.role is Role.ADMIN or (who.role is Role.APPROVER and not found.what.urgent),
        may_send_back=who.role in (Role.APPROVER, Role.ADMIN),
        tones=TONES,
        wrong=wrong,
        language_word=language_word,
    )


def _there(tx: Tx, number: int) -> Mailing:
    return mailings.find(tx, viewer(), MailingId(number)) or flask.abort(404)


def _cost(tx: Tx, found: Mailing) -> Cost:
    return Cost(subscriptions.count(tx, found.what.topics, found.what.wards), line_plan.read(tx))


def _bubbles(tx: Tx, found: Mailing) -> dict[Language, Bubble]:
    """As each reads it who gets words of their own, and one of those who get the Japanese."""
    now, bubbles = found.begun_at or site().clock(), site().bubbles
    without = [each for each in Language if each not in found.what.words and not each.is_japanese]
    shown = (*found.what.words, *without[:1])
    return {language: bubbles.mailing(tx, found, language, now) for language in shown}


def _done(number: int, act: str, came: Mailing | Refusal | None) -> ResponseReturnValue:
    if came is None:
        flask.flash(site().say("mailings.done.discard"))
        return flask.redirect(flask.url_for("mailings.show"), 303)
    if not isinstance(came, Mailing):
        with site().database.read() as tx:
            return render(tx, number, say_refusal(came)), 409
    flask.flash(site().say(f"mailings.done.{act}"), "warn" if act in ("send_back", "stop") else "good")
    return flask.redirect(flask.url_for("mailing.show", number=number), 303)
