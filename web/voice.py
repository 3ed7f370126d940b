"""One voice for staff: what was said and answered, its tags, who else may read it, and how far it is published."""

from dataclasses import dataclass

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.counters import SectionId
from store import cases, published_voices, voice_preparations, voice_shares, voice_sight, voice_tags, voices
from store.cases import CaseId
from store.db import Tx
from store.published_voices import Kept
from store.sight import Role
from store.voice_preparations import Preparation
from store.voice_shares import MOST_DAYS, Share, ShareId
from store.voice_sight import Told
from store.voice_tags import Tag, TagId, Unfit
from store.voices import Voice
from web.door import viewer
from web.numbers import number_of, sent_number
from web.personal import without_personal
from web.rule import STAFF, page
from web.section_names import section_names
from web.site import site
from web.typed import one_line
from web.voice_words import category_name, say_voice_refusal

voice = Blueprint("voice", __name__)

ONE = "/staff/voices/<int:number>"
DAYS = (7, 30, MOST_DAYS)
"""For how long a voice may be shared."""


@dataclass(frozen=True, slots=True)
class Desk:
    """All of a voice that staff see on its page."""

    voice: Voice
    told: Told
    tags: tuple[Tag, ...]
    offered: tuple[Tag, ...]
    shares: tuple[Share, ...]
    is_own: bool
    """Whether they may act upon the case, and share it."""
    preparation: Preparation | None
    published: Kept | None
    why_not: str
    """Why it cannot be made ready; empty where it can."""


@page(voice, ONE, STAFF)
def show(number: int) -> ResponseReturnValue:
    """The page; the look is audited."""
    with site().database.write() as tx:
        return render(tx, number)


@page(voice, f"{ONE}/tags", STAFF, methods=("POST",))
def tag(number: int) -> ResponseReturnValue:
    """Puts a tag on it, by its name; what is personal in the name is none."""
    here, name = site(), one_line(flask.request.form.get("name", ""))
    with here.database.write() as tx:
        if without_personal(here.city(tx), name) != name:
            return render(tx, number, here.say("voices.tag_wrong.personal")), 400
        came = voice_tags.tag(tx, viewer(), CaseId(number), name, here.clock())
        if came is None:
            flask.abort(404)
        if isinstance(came, Unfit):
            return render(tx, number, here.say(f"voices.tag_wrong.{came}", most=voice_tags.LONGEST)), 400
    return _back(number, "tags")


@page(voice, f"{ONE}/tags/remove", STAFF, methods=("POST",))
def untag(number: int) -> ResponseReturnValue:
    """Takes one off."""
    with site().database.write() as tx:
        if not voice_sight.is_readable(tx, viewer(), CaseId(number), site().clock()):
            flask.abort(404)
        voice_tags.untag(tx, viewer(), CaseId(number), TagId(sent_number("tag")), site().clock())
    return _back(number, "tags")


@page(voice, f"{ONE}/shares", STAFF, methods=("POST",))
def share(number: int) -> ResponseReturnValue:
    """Lets another section read it for some days."""
    here, section = site(), flask.request.form.get("section", "")[:64]
    days = number_of(flask.request.form.get("days", ""))
    with here.database.write() as tx:
        if not voice_sight.is_own(tx, viewer(), CaseId(number)):
            flask.abort(404)
        if section not in section_names(tx) or days not in DAYS:
            return render(tx, number, here.say("voices.share_wrong")), 400
        voice_shares.share(tx, viewer(), CaseId(number), SectionId(section), days, here.clock())
    flask.flash(here.say("voices.done.shared"))
    return _back(number, "shares")


@page(voice, f"{ONE}/shares/end", STAFF, methods=("POST",))
def end_share(number: int) -> ResponseReturnValue:
    """Ends that at once."""
    with site().database.write() as tx:
        if not voice_sight.is_own(tx, viewer(), CaseId(number)):
            flask.abort(404)
        which = ShareId(sent_number("share"))
        ended = voice_shares.end(tx, viewer(), CaseId(number), which, site().clock())
    if ended:
        flask.flash(site().say("voices.done.share_ended"))
    return _back(number, "shares")


def render(tx: Tx, number: int, wrong: str = "") -> str:
    """The page; `wrong` says why what was asked for was not done."""
    found = _desk(tx, CaseId(number))
    sections = section_names(tx)
    shared = {found.voice.case.section, *(each.section for each in found.shares)}
    return flask.render_template(
        "voices/one.html",
        desk=found,
        voice=found.voice,
        case=found.voice.case,
        category=category_name(site().city(tx), found.voice.category),
        sections=sections,
        others={each: name for each, name in sections.items() if each not in shared},
        hearing=site().profile.voices.letters,
        days=DAYS,
        wrong=wrong,
        may_confirm=viewer().role in (Role.APPROVER, Role.ADMIN),
    )


def _desk(tx: Tx, case: CaseId) -> Desk:
    me, now = viewer(), site().clock()
    told = voice_sight.told(tx, me, case, now) or flask.abort(404)
    found = voices.read(tx, case)
    tags = voice_tags.of_cases(tx, [case]).get(case, ())
    text = f"{told.subject}\n{told.words}\n{told.answer}"
    refused = voice_preparations.why_not(tx, found)
    return Desk(
        found,
        told,
        tags,
        voice_tags.suggested(tx, text, found.category, tags),
        voice_shares.of_case(tx, case, now),
        cases.is_kept_by(tx, me, case),
        voice_preparations.find(tx, me, case, now),
        published_voices.of_case(tx, case),
        say_voice_refusal(refused) if refused else "",
    )


def _back(number: int, part: str) -> ResponseReturnValue:
    return flask.redirect(flask.url_for("voice.show", number=number, _anchor=part), 303)
