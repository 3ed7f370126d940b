"""The inbox: questions that nobody could answer, one row for all that ask the same."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.counters import SectionId
from faq.models import FaqEntry
from nlp.japan import JAPAN
from nlp.masking import without_labels
from store import examples, unmatched_lists
from store.calls import CallChannel
from store.examples import Example
from store.figures import LINE
from store.unmatched import Cluster, State
from store.unmatched_lists import NOBODYS, Listed, Order, Wanted
from web.door import viewer
from web.known import Known
from web.rule import STAFF, page
from web.section_names import section_names
from web.site import site

unmatched = Blueprint("unmatched", __name__)

ALL = "all"
CHANNELS = (LINE, *CallChannel)
"""By which questions come."""
EXAMPLES = 3
"""Questions of each cluster that are opened for the list."""
CANDIDATES = 2
"""Entries shown beside each."""


@dataclass(frozen=True, slots=True)
class Row:
    """A cluster as the list shows it."""

    cluster: Cluster
    title: str
    """What staff called it, else its latest question, of which nothing is hidden where there is one; empty: the words
    are gone."""
    others: tuple[str, ...]
    """More of its questions."""
    candidates: tuple[tuple[FaqEntry, float], ...]
    """The entries that come nearest, with how likely each is the answer."""


@page(unmatched, "/staff/unmatched", STAFF)
def show() -> ResponseReturnValue:
    """The list. What residents wrote is opened for it, masked, and that is audited."""
    here, wanted = site(), _wanted()
    with here.database.write() as tx:
        known = here.city(tx)
        listed = unmatched_lists.listed(tx, viewer(), wanted)
        ids = [each.id for each in listed.clusters]
        opened = examples.opened(tx, viewer(), ids, known.public, here.clock(), EXAMPLES) if ids else ()
        sections = section_names(tx)
    return flask.render_template(
        "unmatched/list.html",
        listed=listed,
        rows=[row(known, each, opened) for each in listed.clusters],
        wanted=wanted,
        sections=sections,
        channels=[(each, say_channel(each)) for each in CHANNELS],
        say_channel=say_channel,
        before=_at(listed, -1),
        after=_at(listed, 1),
        is_filtered=flask.request.args.keys() - {"page", "order"} != set(),
    )


def row(known: Known, cluster: Cluster, opened: tuple[Example, ...]) -> Row:
    """A cluster with what was opened of it."""
    texts = dict.fromkeys(each.text for each in opened if each.cluster == cluster.id)
    whole_first = sorted(texts, key=lambda text: text != without_labels(text))
    title, *others = [each for each in (cluster.label, *whole_first) if each] or [""]
    return Row(cluster, title, tuple(others), candidates(known, title, CANDIDATES))


def candidates(known: Known, text: str, most: int) -> tuple[tuple[FaqEntry, float], ...]:
    """The entries that come nearest to a question."""
    ranked = known.knowledge.rank(without_labels(text))
    return tuple(zip(ranked.entries[:most], ranked.scores[:most], strict=True))


def say_channel(channel: str) -> str:
    """How somebody asked, in words: LINE, or as the log of calls has it."""
    return site().say(f"calls.channel.{channel}") if channel in set(CallChannel) else channel


def _wanted() -> Wanted:
    args = flask.request.args
    state, section, order = args.get("state", State.OPEN), args.get("section", ""), args.get("order", "")
    return Wanted(
        state=None if state == ALL else State(state) if state in set(State) else State.OPEN,
        section=NOBODYS if section == NOBODYS else SectionId(section) if section else None,
        channel=args.get("channel") or None,
        since=_midnight(args.get("since", "")),
        order=Order(order) if order in set(Order) else Order.COUNT,
        page=min(max(1, args.get("page", 1, int)), 100_000),
    )


def _midnight(text: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(text), time(), JAPAN).astimezone(UTC)
    except (ValueError, OverflowError):  # the first day of all begins before it in UTC
        return None


def _at(listed: Listed, step: int) -> str:
    """The address of the page before or after; empty where there is none."""
    number = listed.page + step
    args: dict[str, Any] = flask.request.args.to_dict() | {"page": number}
    return flask.url_for("unmatched.show", **args) if 1 <= number <= listed.pages else ""
