"""One case: its page, what changed since it was opened, and whom to call. Each look at the words is audited."""

from collections.abc import Mapping

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import case_looks, cases, particulars
from store.audit import ByAccount
from store.cases import Case
from store.db import Tx
from store.particulars import Field
from web.case_page import found, looked, page_of, shown
from web.door import viewer
from web.partial import partial
from web.rule import PART, SIGNED_IN, STAFF_WITH_NAMES, page
from web.site import site

case = Blueprint("case", __name__)


@page(case, "/staff/cases/<int:number>", SIGNED_IN)
def show(number: int) -> ResponseReturnValue:
    """All of it for who keeps the case; who handed it over, or leads, is led to how it stands."""
    with site().database.write() as tx:
        there = found(tx, number)
        if not cases.is_kept_by(tx, viewer(), there.id):
            return flask.redirect(flask.url_for("handed.one", number=number), 303)
        opened = page_of(tx, number)
        looked(opened)
        return shown(opened)


@page(case, "/staff/cases/<int:number>/person", STAFF_WITH_NAMES)
def person(number: int) -> ResponseReturnValue:
    """The same with name and telephone, where somebody left them. The look is audited."""
    with site().database.write() as tx:
        opened = page_of(tx, number)
        told = _told(tx, opened.case)
        say = site().say
        whom = [(say(f"bookings.told.{each}"), told[each]) for each in Field if told.get(each)]
        return shown(opened, whom=whom)


@page(case, "/staff/cases/<int:number>/now", PART)
def now(number: int) -> ResponseReturnValue:
    """Who else looks at it, and whether something was said or done since; the page asks every few seconds.

    Nothing of the words is opened for it.
    """
    here, me, seen = site(), viewer(), flask.request.args.get("version", 0, int)
    with here.database.write(synced=False) as tx:
        there = found(tx, number)
        case_looks.look(tx, me, there.id, here.clock())
        others = case_looks.others(tx, me, there.id, here.clock())
    return partial("cases/now.html", case=there, others=others, seen=seen, viewer=me)


def _told(tx: Tx, of: Case) -> Mapping[Field, str]:
    if of.particulars is None:
        return {}
    return particulars.read(tx, of.particulars, ByAccount(viewer().account), site().clock())
