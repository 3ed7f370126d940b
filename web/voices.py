"""Voices for staff: found by words, tag and what they are, and how far each is on its way to everybody."""

from collections.abc import Mapping

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import voice_search, voice_tags
from store.cases import CaseId
from store.voice_search import Asked, Step
from store.voice_tags import TagId
from store.voices import VoiceKind
from web.door import viewer
from web.numbers import NOBODYS, number_of
from web.pages_of import with_changed
from web.rule import STAFF, page
from web.section_names import section_names
from web.site import site
from web.typed import even

voices = Blueprint("voices", __name__)

TABS = (Step.ANY, Step.CAN, Step.BEGUN, Step.READY, Step.PUBLIC)
"""How far they are, as the list is divided."""
_MOST = 60


@page(voices, "/staff/voices", STAFF)
def show() -> ResponseReturnValue:
    """The list. The words are opened for it, a bounded number at a time, and that is audited."""
    here, now, asked = site(), site().clock(), _asked(flask.request.args)
    older = number_of(flask.request.args.get("older", ""))
    with here.database.write() as tx:
        known, sections = here.city(tx), section_names(tx)
        found = voice_search.search(tx, viewer(), asked, now, CaseId(older) if older != NOBODYS else None)
        counts = voice_search.counts(tx, viewer(), now)
        years = voice_search.years(tx, viewer(), now)
        tags = voice_tags.all_tags(tx)
    return flask.render_template(
        "voices/list.html",
        found=found,
        asked=asked,
        tabs={step: sum(counts.values()) if step is Step.ANY else counts.get(step, 0) for step in TABS},
        at_step=lambda step: with_changed(step=step.value, older=None),
        next_page=with_changed(older=str(found.older_than)) if found.older_than else None,
        first_page=with_changed(older=None) if older != NOBODYS else None,
        is_narrowed=asked != Asked(),
        years=years,
        tags=tags,
        sections=sections,
        categories={each.id: each.name for each in known.voice_categories},
    )


def _asked(args: Mapping[str, str]) -> Asked:
    tag, year = number_of(args.get("tag", "")), number_of(args.get("year", ""))
    kind, step = args.get("kind", ""), args.get("step", "")
    return Asked(
        words=even(args.get("q", ""), _MOST),
        tag=None if tag == NOBODYS else TagId(tag),
        category=args.get("category", "")[:_MOST],
        kind=VoiceKind(kind) if kind in set(VoiceKind) else None,
        year=year if 2000 <= year < 2200 else None,
        section=args.get("section", "")[:_MOST],
        step=Step(step) if step in set(Step) else Step.ANY,
    )
