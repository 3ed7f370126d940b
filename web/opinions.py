"""Opinions on the drafts of the city: the list for who answers them, one plan with its groups, and the file.

A section sees those on its own plans, the section of public hearing, approvers and administrators all.
"""

import secrets
from dataclasses import dataclass
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq import clustering
from faq.counters import SectionId
from faq.plans import Phase, Plan, PlanId
from store import audit, opinion_groups, opinion_results, particulars
from store import opinions as store
from store import plans as plans_store
from store.audit import ByAccount, Kind
from store.db import Tx
from store.opinion_groups import OpinionGroup, Treatment, is_theirs
from store.opinion_results import Results, State
from store.opinions import Opinion, OpinionId
from store.receipts import shown
from store.sight import Role
from web import sheets
from web.door import viewer
from web.rule import STAFF, page
from web.section_names import section_names
from web.site import site

opinions = Blueprint("opinions", __name__)

TONES: Final = {State.DRAFT: "", State.SUBMITTED: "warn", State.PUBLISHED: "good"}
Sorted = tuple[tuple[OpinionGroup | None, tuple[Opinion, ...]], ...]
"""The groups with their opinions; None: those that are in none."""


@page(opinions, "/staff/opinions", STAFF)
def show() -> str:
    """The plans whose opinions one may read."""
    now = site().clock()
    with site().database.read() as tx:
        found = [each for each in plans_store.all_plans(tx) if is_theirs(viewer(), each, desk())]
        counts = store.counts(tx)
        results = {each.id: opinion_results.find(tx, each.id) for each in found}
        return flask.render_template(
            "opinions/list.html",
            plans=found,
            phases={each.id: each.phase(now) for each in found},
            counts=counts,
            nothing=store.NONE,
            results=results,
            tones=TONES,
            sections=section_names(tx),
        )


@page(opinions, "/staff/opinions/<plan>", STAFF)
def one(plan: str) -> str:
    """All opinions on a plan, in their groups; each look is audited."""
    with site().database.write() as tx:
        found = there(tx, plan)
        _looked(tx, found)
        return render(tx, found)


@page(opinions, "/staff/opinions/<plan>/opinions.csv", STAFF)
def as_csv_file(plan: str) -> ResponseReturnValue:
    """The same as a file, in which no cell runs in a spreadsheet."""
    with site().database.write() as tx:
        found = there(tx, plan)
        _looked(tx, found)
        lines = _lines(tx, found)
    return flask.Response(
        sheets.as_csv(lines),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="opinions-{found.id}.csv"'},
    )


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why what was asked for was not done, and what was typed."""

    why: str
    group: int = 0
    summary: str = ""
    answer: str = ""


def render(tx: Tx, found: Plan, trouble: Trouble | None = None) -> str:
    """The page."""
    results = opinion_results.find(tx, found.id)
    by_group = sorted_of(tx, found)
    who = viewer()
    return flask.render_template(
        "opinions/one.html",
        plan=found,
        phase=found.phase(site().clock()),
        results=results,
        groups=by_group,
        choices=[group for group, _ in by_group if group is not None],
        last=opinion_groups.last_act(tx, found.id, results.version) if results else None,
        people=_people(tx, by_group),
        treatments=list(Treatment),
        tones=TONES,
        section=section_names(tx).get(found.section, "") if found.section else "",
        decides=_decides(results),
        submitted_it=results is not None and results.submitted_by == who.account,
        trouble=trouble,
        shown=shown,
        entered=store.ENTERED,
        once=secrets.token_urlsafe(16),
    )


def there(tx: Tx, plan: str) -> Plan:
    """The plan, where its opinions are theirs to read; else the page is not there."""
    found = plans_store.find(tx, PlanId(plan))
    return found if found is not None and is_theirs(viewer(), found, desk()) else flask.abort(404)


def desk() -> SectionId | None:
    """The section of public hearing, which sees all plans."""
    return site().profile.voices.letters


def sorted_of(tx: Tx, found: Plan) -> Sorted:
    """The groups with their opinions, those without a group first."""
    standing = store.of_plan(tx, found.id)
    free = tuple(each for each in standing if each.group is None)
    groups = opinion_groups.of_plan(tx, found.id)
    grouped = tuple((each, tuple(one for one in standing if one.group == each.id)) for each in groups)
    return ((None, free), *grouped) if free else grouped


def places(tx: Tx, found: Plan) -> dict[OpinionId, int]:
    """Which opinions without a group say the same: the number of a group to be made for each."""
    free = [each for each in store.of_plan(tx, found.id) if each.group is None]
    knowledge = site().city(tx).knowledge
    gists = [(each.id, clustering.read(knowledge, each.words)) for each in free]
    read = [(opinion, gist) for opinion, gist in gists if gist is not None]
    placed = clustering.place([], [gist for _, gist in read])
    by_place = dict(zip((opinion for opinion, _ in read), placed, strict=True))
    alone = (opinion for opinion, gist in gists if gist is None)
    return by_place | {opinion: len(read) + number for number, opinion in enumerate(alone)}


def is_closed(found: Plan) -> bool:
    return found.phase(site().clock()) is Phase.CLOSED


def _decides(results: Results | None) -> bool:
    submitted = results is not None and results.state is State.SUBMITTED
    return submitted and viewer().role in (Role.APPROVER, Role.ADMIN)


def _looked(tx: Tx, found: Plan) -> None:
    by = ByAccount(viewer().account)
    audit.record(tx, by, "opinion.read", Kind.OPINION, found.id, site().clock())


def _people(tx: Tx, by_group: Sorted) -> dict[OpinionId, str]:
    """Names and addresses, for those who may see them; each look is audited."""
    if not viewer().personal:
        return {}
    by, now = ByAccount(viewer().account), site().clock()
    return {
        each.id: "、".join(particulars.read(tx, each.particulars, by, now).values())
        for _, some in by_group
        for each in some
        if each.particulars is not None
    }


def _lines(tx: Tx, found: Plan) -> list[list[str]]:
    say, by_group = site().say, sorted_of(tx, found)
    people = _people(tx, by_group)
    heading = ("receipt", "way", "received", "words", "group", "treatment", "answer", "person")
    lines = [[say(f"opinions.csv.{each}") for each in heading]]
    for group, some in by_group:
        of = group.answer if group else None
        treatment = say(f"opinions.treatments.{of.treatment}") if of and of.treatment else ""
        lines += [
            [
                shown(each.receipt),
                say(f"opinions.ways.{each.way}"),
                each.received_at.isoformat(timespec="seconds"),
                each.words or say("opinions.erased"),
                of.label or str(group.id) if of and group else "",
                treatment,
                of.answer if of else "",
                people.get(each.id, ""),
            ]
            for each in some
        ]
    return lines
