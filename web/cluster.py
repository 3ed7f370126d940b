"""One cluster of the inbox: what was asked, what comes nearest, and what is to become of it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final, assert_never

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from faq.changes import Change
from faq.counters import SectionId
from faq.kinds import KINDS
from faq.models import EntryId, Match
from nlp.masking import without_labels
from store import cluster_acts, examples, near_clusters, proposals, told, unmatched
from store.cluster_acts import Changed, Done, NotThere, Outcome
from store.db import Tx
from store.proposals import Proposal
from store.queries import QueryId
from store.sight import Viewer
from store.unmatched import Cluster, ClusterId
from web.door import viewer
from web.known import Known
from web.rule import STAFF, page
from web.section_names import section_names
from web.site import site
from web.unmatched import row, say_channel
from web.written import masked

cluster = Blueprint("cluster", __name__)

LONGEST: Final = 200
"""Letters of a name, a reason or a phrasing."""
CANDIDATES: Final = 5
NEAR: Final = 5
"""Clusters that are named as perhaps the same."""

Form = MultiDict[str, str]
Do = Callable[[Tx, Viewer, ClusterId, int, Form, datetime], Outcome | str]
"""Does what a form asks for; a text is the key of the sentence that says what is wrong with the form."""


@page(cluster, "/staff/unmatched/<int:number>", STAFF)
def show(number: int) -> ResponseReturnValue:
    """The cluster. What residents wrote is opened for it, masked, and that is audited."""
    return _shown(number)


@page(cluster, "/staff/unmatched/<int:number>", STAFF, methods=("POST",))
def seek(number: int) -> ResponseReturnValue:
    """The same with the answers that come nearest to other words; sent, since an address stands in logs."""
    return _shown(number)


def _shown(number: int) -> ResponseReturnValue:
    here = site()
    with here.database.write() as tx:
        found = unmatched.find(tx, viewer(), ClusterId(number))
        if found is None:
            flask.abort(404)
        if found.id != number:
            return flask.redirect(flask.url_for("cluster.show", number=found.id), 303)
        known, at = here.city(tx), min(max(1, flask.request.args.get("page", 1, int)), 100_000)
        opened = examples.opened(tx, viewer(), [found.id], known.public, here.clock(), page=at)
        near = _near(tx, known, found)
        sections, past = section_names(tx), cluster_acts.last_act(tx, found.id, found.version)
        proposed, waiting = unmatched.proposed(tx, found.id), told.waiting(tx, found.id)
    this = row(known, found, opened)
    asked = flask.request.form.get("q", "").strip()[:LONGEST]
    return flask.render_template(
        "unmatched/cluster.html",
        cluster=found,
        row=this,
        opened=opened,
        page=at,
        more=len(opened) == examples.A_PAGE,
        asked=asked,
        matches=_matches(known, asked or this.title),
        entry=known.knowledge.entry(found.entry) if found.entry else None,
        near=near,
        sections=sections,
        past=past,
        proposed=proposed,
        waiting=waiting,
        say_channel=say_channel,
        longest=LONGEST,
    )


def _near(tx: Tx, known: Known, found: Cluster) -> list[tuple[ClusterId, str]]:
    """What may be the same, with the words by which it is known."""
    ids = near_clusters.near(tx, viewer(), known.knowledge, found.id, NEAR)
    if not ids:
        return []
    opened = examples.opened(tx, viewer(), ids, known.public, site().clock(), most=1)
    there = [unmatched.find(tx, viewer(), each) for each in ids]
    return [(each.id, row(known, each, opened).title) for each in there if each is not None]


def _matches(known: Known, text: str) -> tuple[Match, ...]:
    """The entries that come nearest, with how likely each is the answer, and why."""
    return known.knowledge.explained(without_labels(text), CANDIDATES)


# What is done --------------------------------------------------------------------------------------


def _name(tx: Tx, who: Viewer, of: ClusterId, version: int, form: Form, now: datetime) -> Outcome | str:
    label = masked(site().city(tx), form.get("label", ""))
    return "too_long" if len(label) > LONGEST else cluster_acts.name(tx, who, of, version, label, now)


def _assign(tx: Tx, who: Viewer, of: ClusterId, version: int, form: Form, now: datetime) -> Outcome | str:
    section = form.get("section", "")
    if section and section not in section_names(tx):
        return "section_missing"
    return cluster_acts.assign(tx, who, of, version, SectionId(section) if section else None, now)


def _set_aside(tx: Tx, who: Viewer, of: ClusterId, version: int, form: Form, now: datetime) -> Outcome | str:
    reason = masked(site().city(tx), form.get("reason", ""))
    if not reason:
        return "reason_missing"
    return (
        "too_long" if len(reason) > LONGEST else cluster_acts.out_of_scope(tx, who, of, version, reason, now)
    )


def _reopen(tx: Tx, who: Viewer, of: ClusterId, version: int, _: Form, now: datetime) -> Outcome:
    return cluster_acts.reopen(tx, who, of, version, now)


def _split(tx: Tx, who: Viewer, of: ClusterId, version: int, form: Form, now: datetime) -> Outcome | str:
    chosen = [QueryId(each) for each in form.getlist("query", int)]
    if not chosen:
        return "nothing_chosen"
    if cluster_acts.are_all(tx, of, chosen):
        return "all_chosen"
    return cluster_acts.split(tx, who, of, version, chosen, now)


def _merge(tx: Tx, who: Viewer, of: ClusterId, version: int, form: Form, now: datetime) -> Outcome | str:
    other = form.get("other", 0, int)
    there = unmatched.find(tx, who, ClusterId(other)) if 0 < other < 2**63 else None
    if there is None or there.id == of:
        return "other_missing"
    return cluster_acts.merge(tx, who, of, version, there.id, now)


def _undo(tx: Tx, who: Viewer, of: ClusterId, version: int, _: Form, now: datetime) -> Outcome:
    return cluster_acts.undo(tx, who, of, version, now)


ACTS: Final[Mapping[str, Do]] = {
    "name": _name,
    "assign": _assign,
    "set-aside": _set_aside,
    "reopen": _reopen,
    "split": _split,
    "merge": _merge,
    "undo": _undo,
}
_NAMES: Final = ", ".join(f"'{name}'" for name in ACTS)


@page(cluster, f"/staff/unmatched/<int:number>/<any({_NAMES}):act>", STAFF, methods=("POST",))
def do(number: int, act: str) -> ResponseReturnValue:
    """Does it, unless somebody else was first."""
    form, here = flask.request.form, site()
    with here.database.write() as tx:
        if unmatched.find(tx, viewer(), ClusterId(number)) is None:
            flask.abort(404)
        version = form.get("version", 0, int)
        came = ACTS[act](tx, viewer(), ClusterId(number), version, form, here.clock())
        stays = unmatched.find(tx, viewer(), ClusterId(number)) is not None
    _tell(came, act)
    onward = flask.url_for("cluster.show", number=number) if stays else flask.url_for("unmatched.show")
    return flask.redirect(onward, 303)


def _tell(came: Outcome | str, act: str) -> None:
    say = site().say
    match came:
        case str():
            flask.flash(say(f"unmatched.wrong.{came}", most=LONGEST), "error")
        case Done():
            flask.flash(say(f"unmatched.did.{act}"))
        case Changed(by, _):
            key = "unmatched.changed_by" if by else "unmatched.changed"
            flask.flash(say(key, by=by), "error")
        case NotThere():
            flask.flash(say("unmatched.wrong.not_there"), "error")
        case _:
            assert_never(came)


@page(cluster, "/staff/unmatched/<int:number>/attach", STAFF, methods=("POST",))
def attach(number: int) -> ResponseReturnValue:
    """Proposes the question as a phrasing of an entry, and hands it in for a second person to approve."""
    here, form = site(), flask.request.form
    phrasing = " ".join(form.get("phrasing", "").split())
    with here.database.write() as tx:
        found = unmatched.find(tx, viewer(), ClusterId(number))
        if found is None:
            flask.abort(404)
        wrong = _phrasing_wrong(here.city(tx), phrasing)
        came = None if wrong else _propose(tx, found, EntryId(form.get("entry", "")), phrasing, here.clock())
    if isinstance(came, Proposal):
        flask.flash(here.say("unmatched.proposed", number=came.id))
    else:
        flask.flash(here.say(f"unmatched.wrong.{wrong or came}", most=LONGEST), "error")
    return flask.redirect(flask.url_for("cluster.show", number=found.id), 303)


def _phrasing_wrong(known: Known, phrasing: str) -> str:
    """What is wrong with a phrasing: everybody will be answered by it, so nobody may be named in it."""
    if not phrasing or "|" in phrasing:
        return "phrasing_missing"
    if len(phrasing) > LONGEST:
        return "too_long"
    personal = masked(known, phrasing) != phrasing or without_labels(phrasing) != phrasing
    return "phrasing_personal" if personal else ""


def _propose(tx: Tx, found: Cluster, entry_id: EntryId, phrasing: str, now: datetime) -> Proposal | str:
    entry = site().city(tx).knowledge.entry(entry_id)
    if entry is None:
        return "entry_missing"
    if phrasing in (entry.question, *entry.phrasings):
        return "phrasing_there"
    after = replace(entry, phrasings=(*entry.phrasings, phrasing))
    change = Change("faq", KINDS["faq"].name_of(entry), entry, after)
    why = site().say("unmatched.why", number=found.id)
    made = proposals.draft(tx, viewer(), [change], why, found.id, now)
    if isinstance(made, Proposal):
        made = proposals.submit(tx, viewer(), made.id, made.version, now)
    return made if isinstance(made, Proposal) else "refused"
