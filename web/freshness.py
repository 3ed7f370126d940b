"""What is to be looked at again: listed for the section in whose hands it is, and confirmed in one tap."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq import freshness as watch
from faq.changes import RecordName
from faq.freshness import LOOKED_AT, Reason, Stale
from faq.kinds import KINDS
from faq.record_cells import fingerprint
from nlp.japan import today
from store import knowledge, upholding
from store.editions import EditionId
from store.outdated import outdated as outdated_in
from store.sight import Viewer
from store.upholding import Seen
from web.door import viewer
from web.kinds import title_of
from web.pages_of import at_page
from web.rule import STAFF, page
from web.section_names import section_names
from web.site import site

freshness = Blueprint("freshness", __name__)

PAGE: Final = 50
MOST: Final = 200
"""Records that are confirmed at once."""
MINE: Final = "mine"


@dataclass(frozen=True, slots=True)
class Row:
    """One record of the list."""

    stale: Stale
    key: str
    title: str
    mark: str
    """What a form sends of it."""
    is_theirs: bool


@page(freshness, "/staff/freshness", STAFF)
def show() -> ResponseReturnValue:
    """The list, of one's own section unless another is asked for."""
    here, me = site(), viewer()
    args = flask.request.args
    section = args.get("section", MINE if me.section else "")
    reason, kind = args.get("reason", ""), args.get("kind", "")
    at = min(max(0, args.get("page", 0, int)), 100_000)
    with here.database.read() as tx:
        holdings = knowledge.everything(tx)
        names, outdated = section_names(tx), outdated_in(tx)
    found = [
        each
        for each in watch.stale(holdings, today(here.clock()), outdated)
        if _is_wanted(each, me, section)
        and (not reason or reason in {doubt.reason.value for doubt in each.doubts})
        and kind in ("", each.kind)
    ]
    shown = found[at * PAGE : (at + 1) * PAGE]
    return flask.render_template(
        "freshness/show.html",
        rows=[_row(each, me, holdings.sections) for each in shown],
        total=len(found),
        grave=sum(each.is_grave for each in found),
        wanted={"section": section, "reason": reason, "kind": kind},
        sections=names,
        reasons=[each.value for each in Reason],
        kinds=LOOKED_AT,
        first=at * PAGE + 1,
        before=at_page(at - 1) if at > 0 else None,
        after=at_page(at + 1) if (at + 1) * PAGE < len(found) else None,
        done=args.get("done", type=int),
    )


@page(freshness, "/staff/freshness", STAFF, methods=("POST",))
def uphold() -> ResponseReturnValue:
    """What was ticked is still right."""
    here, seen = site(), _seen()
    if not seen:
        flask.flash(here.say("freshness.nothing"), "error")
        return flask.redirect(_back(), 303)
    with here.database.write() as tx:
        done = upholding.uphold(tx, viewer(), seen, here.say("freshness.why"), here.clock())
    if done.names:
        flask.flash(here.say("freshness.done", count=len(done.names)))
    if done.left:
        flask.flash(here.say("freshness.left", count=len(done.left)), "error")
    return flask.redirect(_back(done.edition), 303)


@page(freshness, "/staff/freshness/<int:number>/undo", STAFF, methods=("POST",))
def undo(number: int) -> ResponseReturnValue:
    """Who pressed by mistake takes it back."""
    here = site()
    with here.database.write() as tx:
        if upholding.upheld_at(tx, viewer(), EditionId(number)) is None:
            flask.abort(404)
        why = here.say("freshness.why_undone")
        undone = upholding.take_back(tx, viewer(), EditionId(number), why, here.clock())
    if undone:
        flask.flash(here.say("freshness.undone"))
    else:
        flask.flash(here.say("freshness.not_undone"), "error")
    return flask.redirect(_back(), 303)


def waiting(me: Viewer) -> tuple[int, int]:
    """How many records are in the hands of somebody's section, and how many of them may be wrong today."""
    here = site()
    with here.database.read() as tx:
        found = watch.stale(knowledge.everything(tx), today(here.clock()), outdated_in(tx))
    mine = [each for each in found if me.section is None or me.section in each.sections]
    return len(mine), sum(each.is_grave for each in mine)


def _is_wanted(found: Stale, me: Viewer, section: str) -> bool:
    if section == MINE:
        return me.section in found.sections or not found.sections
    return not section or section in found.sections


def _row(found: Stale, me: Viewer, sections: Sequence[object]) -> Row:
    schema = KINDS[found.kind]
    key = schema.name_of(found.record)
    mark = f"{found.kind} {fingerprint(schema, found.record)} {key}"
    theirs = upholding.is_theirs(me, found.record, sections)
    return Row(found, key, title_of(schema, found.record), mark, theirs)


def _seen() -> tuple[Seen, ...]:
    """The record whose own button was pressed, or those that are ticked; a mark that is none of ours names nothing."""
    form = flask.request.form
    marks = (mark.split(" ", 2) for mark in form.getlist("one") or form.getlist("record")[:MOST])
    return tuple(
        Seen(RecordName(mark[0], mark[2]), mark[1])
        for mark in marks
        if len(mark) == 3 and mark[0] in LOOKED_AT
    )


def _back(edition: EditionId | None = None) -> str:
    """The same list, with the way to take back what was just done."""
    section, reason, kind = (flask.request.form.get(name, "") for name in ("section", "reason", "kind"))
    return flask.url_for("freshness.show", section=section, reason=reason, kind=kind, done=edition)
