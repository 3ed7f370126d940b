"""Sections that end or begin: who follows whom, and what will move on the day."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq import reorganising
from faq.counters import Section
from faq.holdings import Holdings
from nlp.japan import today
from store import knowledge
from web.kinds import kind_label
from web.rule import STAFF, page
from web.section_names import section_names
from web.site import site

successions = Blueprint("successions", __name__)


@dataclass(frozen=True, slots=True)
class Succession:
    """A section that ends, and who follows it."""

    section: Section
    heir: Section | None
    moving: Mapping[str, int]
    """How many records of each kind move, by what people call the kind."""
    staying: int
    """Records that name it and do not move."""
    is_over: bool


@page(successions, "/staff/successions", STAFF)
def show() -> ResponseReturnValue:
    """All that have a first or last day."""
    here = site()
    with here.database.read() as tx:
        holdings = knowledge.everything(tx)
        names = section_names(tx)
    now = today(here.clock())
    return flask.render_template(
        "successions/show.html",
        successions=[_succession(holdings, each, now) for each in _ending(holdings)],
        beginning=[each for each in holdings.sections if each.valid_from and each.valid_from > now],
        names=names,
    )


def _ending(holdings: Holdings) -> list[Section]:
    """The next to end first; those that are long over last."""
    ending = [each for each in holdings.sections if each.valid_to is not None]
    return sorted(ending, key=lambda each: each.valid_to or date.max, reverse=True)


def _succession(holdings: Holdings, section: Section, now: date) -> Succession:
    assert section.valid_to is not None
    after = max(now, date.fromordinal(section.valid_to.toordinal() + 1))
    alone = [each for each in reorganising.still_naming(holdings, after) if each[1].id == section.id]
    heir = reorganising.followed(holdings.sections, after).get(section.id)
    moved = [each for each in reorganising.moves(holdings, after) if each.kind != "sections"]
    ours = [each for each in moved if any(record == each.before for record, _ in alone)]
    counts = Counter(kind_label(each.kind) for each in ours)
    return Succession(section, heir, counts, len(alone) - len(ours), section.is_over(now))
