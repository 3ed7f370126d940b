"""What staff do with the opinions on a plan: sort them, answer them, hand the answers in, publish them, enter paper."""

import secrets

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.plans import Plan
from store import opinion_groups, opinion_results
from store import opinions as store
from store.audit import ByAccount
from store.db import Tx
from store.opinion_groups import Answer, Changed, Done, NotThere, Outcome, Published, Treatment
from store.opinion_results import Refusal, Results
from store.opinions import ENTERED, LONGEST, GroupId, Opinion, OpinionDraft, OpinionId, Way
from web import typed
from web.door import viewer
from web.numbers import number_of, sent_number
from web.opinions import Trouble, is_closed, places, render, there
from web.personal import personal_in, without_personal
from web.rule import APPROVERS, STAFF, page
from web.site import site

opinion_acts = Blueprint("opinion_acts", __name__)

_ONE = "/staff/opinions/<plan>"
LONGEST_LABEL = 100
LONGEST_ANSWER = 4_000


@page(opinion_acts, f"{_ONE}/<any('suggest', 'move', 'merge', 'undo'):act>", STAFF, methods=("POST",))
def sort(plan: str, act: str) -> ResponseReturnValue:
    """Sorts opinions into groups."""
    version, now = sent_number("version"), site().clock()
    with site().database.write() as tx:
        found = there(tx, plan)
        came: Outcome
        match act:
            case "suggest":
                came = opinion_groups.suggest(tx, viewer(), found.id, version, places(tx, found), now)
            case "move":
                came = opinion_groups.move(tx, viewer(), found.id, version, _chosen(), _group("to"), now)
            case "merge":
                group, into = GroupId(sent_number("group")), GroupId(sent_number("into"))
                came = opinion_groups.merge(tx, viewer(), found.id, version, group, into, now)
            case _:
                came = opinion_groups.undo(tx, viewer(), found.id, version, now)
        return _sorted(tx, found, came, act)


@page(opinion_acts, f"{_ONE}/write", STAFF, methods=("POST",))
def write(plan: str) -> ResponseReturnValue:
    """Writes what is to be published of a group; nothing of a person may stand in it."""
    sent = flask.request.form
    answer = Answer(
        typed.one_line(sent.get("label")),
        _text("summary"),
        Treatment(sent["treatment"]) if sent.get("treatment") in set(Treatment) else None,
        _text("answer"),
    )
    with site().database.write() as tx:
        found = there(tx, plan)
        if wrong := _wrong(tx, answer):
            trouble = Trouble(wrong, sent_number("group"), answer.summary, answer.answer)
            return render(tx, found, trouble), 422
        group, version = GroupId(sent_number("group")), sent_number("version")
        came = opinion_groups.write(tx, viewer(), found.id, version, group, answer, site().clock())
        trouble = Trouble("", int(group), answer.summary, answer.answer)
        return _sorted(tx, found, came, "write", trouble)


@page(opinion_acts, f"{_ONE}/submit", STAFF, methods=("POST",))
def submit(plan: str) -> ResponseReturnValue:
    """Hands the answers to an approver."""
    with site().database.write() as tx:
        found = there(tx, plan)
        version, now = sent_number("version"), site().clock()
        closed = is_closed(found)
        came = opinion_results.submit(tx, viewer(), found.id, version, is_closed=closed, now=now)
        return _decided(tx, found, came, "submit")


@page(opinion_acts, f"{_ONE}/<any('publish', 'send-back'):act>", APPROVERS, methods=("POST",))
def decide(plan: str, act: str) -> ResponseReturnValue:
    """Publishes the results at once, or gives them back."""
    with site().database.write() as tx:
        found = there(tx, plan)
        version, now = sent_number("version"), site().clock()
        if act == "publish":
            came = opinion_results.publish(tx, viewer(), found.id, version, now)
        else:
            reason = typed.one_line(flask.request.form.get("reason"))[:500]
            came = opinion_results.send_back(tx, viewer(), found.id, version, reason, now)
        return _decided(tx, found, came, act)


@page(opinion_acts, f"{_ONE}/enter", STAFF, methods=("POST",))
def enter(plan: str) -> ResponseReturnValue:
    """Enters an opinion that came by post, fax, mail or at a counter; the moment at which it came decides."""
    arrived, way = typed.moment(flask.request.form.get("received")), flask.request.form.get("way", "")
    words = _text("words")
    with site().database.write() as tx:
        found = there(tx, plan)
        now = site().clock()
        if not words or len(words) > LONGEST or way not in ENTERED or arrived is None or arrived > now:
            return _troubled(tx, found, "enter_wrong", 422)
        if (results := opinion_results.find(tx, found.id)) is not None and results.is_public:
            return _troubled(tx, found, "enter_public", 409)
        masked = without_personal(site().city(tx), words)
        draft = OpinionDraft(_once(), found.id, masked, Way(way))
        made = store.send(tx, draft, ByAccount(viewer().account), arrived, now)
        if not isinstance(made, Opinion):
            return _troubled(tx, found, "enter_late", 409)
        return _done(found, "enter")


def _once() -> str:
    """Of the form; what is sent twice is one opinion."""
    return flask.request.form.get("once", "")[:64] or secrets.token_urlsafe(16)


def _sorted(
    tx: Tx, found: Plan, came: Outcome, act: str, typed_there: Trouble | None = None
) -> ResponseReturnValue:
    match came:
        case Done():
            return _done(found, act)
        case NotThere():
            return _troubled(tx, found, "choose", 422)
        case Changed() | Published():
            key = "changed" if isinstance(came, Changed) else "published"
            if typed_there is None:
                return _troubled(tx, found, key, 409)
            why = site().say(f"opinions.wrong.{key}")
            kept = Trouble(why, typed_there.group, typed_there.summary, typed_there.answer)
            return render(tx, found, kept), 409


def _decided(tx: Tx, found: Plan, came: Results | Refusal, act: str) -> ResponseReturnValue:
    if isinstance(came, Results):
        return _done(found, act.replace("-", "_"))
    return _troubled(tx, found, came.value, 409)


def _troubled(tx: Tx, found: Plan, key: str, status: int) -> ResponseReturnValue:
    return render(tx, found, Trouble(site().say(f"opinions.wrong.{key}"))), status


def _done(found: Plan, act: str) -> ResponseReturnValue:
    flask.flash(site().say(f"opinions.done.{act}"))
    return flask.redirect(flask.url_for("opinions.one", plan=found.id), 303)


def _wrong(tx: Tx, answer: Answer) -> str:
    """Why this may not be kept; empty where it may."""
    if len(answer.label) > LONGEST_LABEL or max(len(answer.summary), len(answer.answer)) > LONGEST_ANSWER:
        return site().say("opinions.wrong.long", most=LONGEST_ANSWER)
    all_of_it = "\n".join((answer.label, answer.summary, answer.answer))
    found = personal_in(site().city(tx), all_of_it, viewer().shown)
    return site().say("opinions.wrong.personal", what="、".join(found)) if found else ""


def _text(name: str) -> str:
    return typed.lines(flask.request.form.get(name))


def _chosen() -> list[OpinionId]:
    return [OpinionId(number_of(each)) for each in flask.request.form.getlist("opinion")]


def _group(name: str) -> GroupId | None:
    """The group that was chosen; None for a new one."""
    return None if flask.request.form.get(name) == "new" else GroupId(sent_number(name))
