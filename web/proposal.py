"""One proposal: what it would change, and what its author, an approver or an administrator can do with it."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from nlp.japan import JAPAN, today
from store import proposals, publishing, records, ripples, told, unmatched
from store.audit import ByAccount
from store.db import Tx
from store.proposals import Change, Proposal, ProposalId, Refusal, State
from store.sight import Role
from web.changes_shown import CHANGES, shown_changes
from web.danger_bubble import bubbles_of
from web.days import day_of
from web.door import viewer
from web.numbers import sent_number
from web.pages_of import at_page
from web.plain_remarks import of_change
from web.proposal_words import TONES, next_step, say_refusal, say_returned
from web.record_form import MOST_WHY
from web.ripple_panel import panel
from web.rule import APPROVERS, STAFF, page
from web.site import site

proposal = Blueprint("proposal", __name__)

_ONE: Final = "/staff/proposals/<int:number>"
_OVER: Final = (State.PUBLISHED, State.WITHDRAWN)
Act = Callable[[Tx, ProposalId, int], Proposal | Refusal]
"""Something done to the version of a proposal that the viewer saw."""


@page(proposal, _ONE, STAFF)
def show(number: int) -> ResponseReturnValue:
    """The proposal with its differences, and what can be done."""
    with site().database.read() as tx:
        return render(tx, number)


@page(proposal, f"{_ONE}/<any('submit', 'withdraw'):act>", STAFF, methods=("POST",))
def change(number: int, act: str) -> ResponseReturnValue:
    """What its author does."""
    return done(number, act, _submit if act == "submit" else _withdraw)


@page(proposal, f"{_ONE}/send-back", APPROVERS, methods=("POST",))
def send_back(number: int) -> ResponseReturnValue:
    """Returns it to its author, with the reason."""
    return done(number, "send_back", _send_back)


@page(proposal, f"{_ONE}/approve", APPROVERS, methods=("POST",))
def approve(number: int) -> ResponseReturnValue:
    """Lets it be published, at once or at a time to come."""
    publish_at = _publish_at()
    if isinstance(publish_at, str):
        with site().database.read() as tx:
            return render(tx, number, publish_at), 422
    return done(number, "approve", lambda tx, which, version: _approve(tx, which, version, publish_at))


def render(tx: Tx, number: int, wrong: str = "") -> str:
    """The page; `wrong` says why what was asked for was not done."""
    who = viewer()
    found = proposals.find(tx, who, ProposalId(number)) or flask.abort(404)
    answers = unmatched.find(tx, who, found.cluster) if found.cluster else None
    ripple = panel(tx, site().city(tx), found)
    pages = (len(found.changes) + CHANGES - 1) // CHANGES
    at = min(max(0, flask.request.args.get("page", 0, int)), pages - 1)
    some = found.changes[at * CHANGES : (at + 1) * CHANGES]
    return flask.render_template(
        "proposals/one.html",
        proposal=found,
        changes=shown_changes(some),
        plainness=[of_change(each) for each in some],
        guidances=bubbles_of(tx, found.changes, some),
        at=at,
        pages=pages,
        first=at * CHANGES,
        before=at_page(at - 1) if at > 0 else None,
        after=at_page(at + 1) if at + 1 < pages else None,
        clashing=clashing(tx, found),
        answers=answers,
        waiting=told.waiting(tx, answers.id) if answers else 0,
        ripple=ripple,
        needs_override=ripple.below is not None and who.role is Role.ADMIN,
        next_step=next_step(found, who),
        is_mine=who.account in found.authors,
        decides=who.role in (Role.APPROVER, Role.ADMIN),
        returned=say_returned(found.returned),
        tones=TONES,
        wrong=wrong,
        sent=flask.request.form,
        today=today(site().clock()),
    )


def clashing(tx: Tx, found: Proposal) -> list[tuple[int, Change]]:
    """The changes whose record is another now than their author saw, with their places."""
    if found.state in _OVER:
        return []
    keys: dict[str, list[str]] = {}
    for each in found.changes:
        keys.setdefault(each.kind, []).append(each.key)
    stored = {kind: records.named(tx, kind, some) for kind, some in keys.items()}
    return [
        (place, each)
        for place, each in enumerate(found.changes)
        if stored[each.kind].get(each.key) != each.before
    ]


def done(number: int, name: str, act: Act) -> ResponseReturnValue:
    """Does it, and says what came of it; what is not theirs is not there."""
    here, which = site(), ProposalId(number)
    with here.database.write() as tx:
        if proposals.find(tx, viewer(), which) is None:
            flask.abort(404)
        came = act(tx, which, sent_number("version"))
    if not isinstance(came, Proposal):
        with here.database.read() as tx:
            return render(tx, number, say_refusal(came)), 409
    state = came.state if name == "approve" else name
    flask.flash(here.say(f"proposals.done.{state}"), "warn" if came.state is State.RETURNED else "good")
    return flask.redirect(flask.url_for("proposal.show", number=number), 303)


def _submit(tx: Tx, which: ProposalId, version: int) -> Proposal | Refusal:
    return proposals.submit(tx, viewer(), which, version, site().clock())


def _withdraw(tx: Tx, which: ProposalId, version: int) -> Proposal | Refusal:
    return proposals.withdraw(tx, viewer(), which, version, site().clock())


def _send_back(tx: Tx, which: ProposalId, version: int) -> Proposal | Refusal:
    reason = flask.request.form.get("reason", "")[:2_000]
    return proposals.send_back(tx, viewer(), which, version, reason, site().clock())


def _approve(tx: Tx, which: ProposalId, version: int, publish_at: datetime | None) -> Proposal | Refusal:
    now = site().clock()
    found = proposals.find(tx, viewer(), which) or flask.abort(404)
    floor = ripples.floor(tx, found, flask.request.form.get("override", "")[:MOST_WHY] or None)
    came = proposals.approve(tx, viewer(), which, version, publish_at, floor, now)
    if isinstance(came, Proposal) and publish_at is None:
        publishing.publish(tx, which, ByAccount(viewer().account), now)
        return proposals.find(tx, viewer(), which) or flask.abort(404)
    return came


def _publish_at() -> datetime | str | None:
    """The moment that was chosen, None for now; or what is wrong with it."""
    form = flask.request.form
    if form.get("when") != "later":
        return None
    day, at = day_of(form.get("day", "")), _clock(form.get("at", ""))
    if day is None or at is None:
        return site().say("proposals.refused.when")
    moment = datetime.combine(day, at, JAPAN).astimezone(UTC)
    return moment if moment > site().clock() else site().say("proposals.refused.past")


def _clock(text: str) -> time | None:
    try:
        return time.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        return None
