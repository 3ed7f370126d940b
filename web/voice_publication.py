"""The page on which a voice is made ready for everybody, and confirmed by a second person.

Each act is a small form, and answers with the page itself where htmx asks, so that nothing jumps.
"""

from functools import partial
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.everybodys import everybodys
from faq.marks import Decision
from nlp import mentions
from store import audit, voice_confirming, voice_preparations, voice_shares
from store.audit import ByAccount, Kind
from store.cases import CaseId
from store.db import Tx
from store.published_voices import PublishedVoice
from store.sight import Role
from store.voice_preparations import Find, Part, Preparation
from store.voice_refusals import NotThere, Refused
from web.door import viewer
from web.known import Known
from web.numbers import sent_number
from web.personal import without_personal
from web.rule import APPROVERS, STAFF, page
from web.site import site
from web.typed import lines
from web.voice_words import say_voice_refusal

voice_publication = Blueprint("voice_publication", __name__)

_ONE: Final = "/staff/voices/<int:number>/publication"
_DECISIONS: Final = {
    "replace": Decision.REPLACED,
    "leave": Decision.LEFT,
    "reopen": Decision.OPEN,
}
LONGEST: Final = 200
"""Letters of what stands in the place of others."""
_SHARED_DAYS: Final = 30


@page(voice_publication, _ONE, STAFF)
def show(number: int) -> ResponseReturnValue:
    """What is made ready; the look is audited."""
    with site().database.write() as tx:
        by = ByAccount(viewer().account)
        found = _there(tx, number)
        audit.record(tx, by, "voice.publication_read", Kind.CASE, str(number), site().clock())
        return render(tx, found)


@page(voice_publication, f"{_ONE}/begin", STAFF, methods=("POST",))
def begin(number: int) -> ResponseReturnValue:
    """Begins, or begins anew with what is said by now."""
    here = site()
    with here.database.write() as tx:
        came = voice_preparations.prepare(tx, viewer(), CaseId(number), finder(here.city(tx)), here.clock())
        return _done(tx, number, came)


@page(voice_publication, f"{_ONE}/mark", STAFF, methods=("POST",))
def decide(number: int) -> ResponseReturnValue:
    """What is done with one mark."""
    form = flask.request.form
    act, part = form.get("act", ""), form.get("part", "")
    if act not in _DECISIONS or part not in set(Part):
        with site().database.write() as tx:
            return render(tx, _there(tx, number)), 400
    words = form.get("words", "").strip()[:LONGEST] if act == "replace" else None
    which = (Part(part), sent_number("mark"))
    with site().database.write() as tx:
        came = voice_preparations.decide(
            tx, viewer(), CaseId(number), _version(), which, _DECISIONS[act], words, site().clock()
        )
        return _done(tx, number, came)


@page(voice_publication, f"{_ONE}/own", STAFF, methods=("POST",))
def own(number: int) -> ResponseReturnValue:
    """Puts other words wherever these stand."""
    form = flask.request.form
    sought, words = lines(form.get("sought")), form.get("words", "").strip()
    with site().database.write() as tx:
        came = voice_preparations.mark(
            tx, viewer(), CaseId(number), _version(), sought, words[:LONGEST], site().clock()
        )
        if isinstance(came, NotThere):
            found = _there(tx, number)
            return render(
                tx, found, site().say("voices.refused.no_such_words"), sought=sought, instead=words
            ), 400
        return _done(tx, number, came)


@page(voice_publication, f"{_ONE}/all", STAFF, methods=("POST",))
def take_all(number: int) -> ResponseReturnValue:
    """Takes every suggestion that is left: what may tell of a person goes."""
    with site().database.write() as tx:
        came = voice_preparations.take_all(tx, viewer(), CaseId(number), _version(), site().clock())
        return _done(tx, number, came)


@page(voice_publication, f"{_ONE}/details", STAFF, methods=("POST",))
def details(number: int) -> ResponseReturnValue:
    """Whether month and ward are told."""
    month, ward = (name in flask.request.form for name in ("month", "ward"))
    with site().database.write() as tx:
        came = voice_preparations.show_details(
            tx, viewer(), CaseId(number), _version(), month=month, ward=ward, now=site().clock()
        )
        return _done(tx, number, came)


@page(voice_publication, f"{_ONE}/ready", STAFF, methods=("POST",))
def make_ready(number: int) -> ResponseReturnValue:
    """Asks for a second person; the section that hears voices may read it from then on."""
    here, now, case = site(), site().clock(), CaseId(number)
    hearing = here.profile.voices.letters
    with here.database.write() as tx:
        came = voice_preparations.make_ready(tx, viewer(), case, _version(), now)
        if isinstance(came, Preparation) and hearing not in (None, came.voice.case.section, viewer().section):
            voice_shares.share(tx, viewer(), case, hearing, _SHARED_DAYS, now)
        return _done(tx, number, came, "ready")


@page(voice_publication, f"{_ONE}/send-back", APPROVERS, methods=("POST",))
def send_back(number: int) -> ResponseReturnValue:
    """Returns it to who wrote it, with a remark."""
    here = site()
    with here.database.write() as tx:
        remark = without_personal(here.city(tx), flask.request.form.get("remark", "").strip()[:LONGEST])
        came = voice_preparations.send_back(tx, viewer(), CaseId(number), _version(), remark, here.clock())
        return _done(tx, number, came, "sent_back")


@page(voice_publication, f"{_ONE}/confirm", APPROVERS, methods=("POST",))
def confirm(number: int) -> ResponseReturnValue:
    """Publishes the text that was on the page, where its reader says that they have read it."""
    here, form = site(), flask.request.form
    with here.database.write() as tx:
        if "read" not in form:
            return render(tx, _there(tx, number), here.say("voices.refused.not_read")), 400
        came = voice_confirming.confirm(
            tx, viewer(), CaseId(number), _version(), form.get("digest", ""), here.clock()
        )
        if not isinstance(came, PublishedVoice):
            return _done(tx, number, came)
    flask.flash(here.say("voices.done.published"))
    return flask.redirect(flask.url_for("voice.show", number=number), 303)


def finder(known: Known) -> Find:
    """Finds what of a person stands in a text; what the city itself publishes is nobody's."""
    return partial(mentions.find, city=everybodys(known.public, known.directory))


def render(tx: Tx, found: Preparation, wrong: str = "", sought: str = "", instead: str = "") -> str:
    """The page; `wrong` says why what was asked for was not done."""
    me = viewer()
    refused = voice_preparations.unready(tx, found)
    return flask.render_template(
        "voices/publication.html",
        found=found,
        case=found.voice.case,
        parts=list(Part),
        refused=say_voice_refusal(refused) if refused and not found.undecided else "",
        confirms=me.role in (Role.APPROVER, Role.ADMIN) and me.account != found.written_by,
        wrong=wrong,
        sought=sought,
        instead=instead,
    )


def _there(tx: Tx, number: int) -> Preparation:
    return voice_preparations.find(tx, viewer(), CaseId(number), site().clock()) or flask.abort(404)


def _version() -> int:
    return sent_number("version")


def _done(tx: Tx, number: int, came: Preparation | Refused, said: str = "") -> ResponseReturnValue:
    if not isinstance(came, Preparation):
        there = voice_preparations.find(tx, viewer(), CaseId(number), site().clock())
        if there is None and isinstance(came, NotThere):
            flask.abort(404)
        if there is None:
            flask.flash(say_voice_refusal(came), "warn")
            return flask.redirect(flask.url_for("voice.show", number=number), 303)
        return render(tx, there, say_voice_refusal(came)), 409
    if said:
        flask.flash(site().say(f"voices.done.{said}"))
    elif "HX-Request" in flask.request.headers:
        return render(tx, came)
    return flask.redirect(flask.url_for("voice_publication.show", number=number, _anchor="making"), 303)
