"""What is said in a disaster: written, changed, confirmed anew and ended by staff; shelters also as a list."""

from datetime import datetime, timedelta
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from faq import shelter_list
from faq.decoding import decode
from faq.disaster import ClosedOffice, DisasterId, MeasureId, OpenShelter, ShelterState
from faq.shelter_list import BadLine
from nlp.language import BESIDES_JAPANESE, Language
from store import disaster as disasters
from store import disaster_measures as store
from store.db import Tx
from store.disaster import Disaster, Refusal, State
from store.disaster_measures import MeasureDraft, Said
from store.disaster_rows import kind_of
from store.overtaken import Overtaken
from web.disaster import refused
from web.door import viewer
from web.measure_filled import HOLDS
from web.measure_form import FIELDS, MeasureForm, expiry
from web.rule import STAFF, page
from web.site import site
from web.typed import one_line

measures = Blueprint("measures", __name__)

MOST_BAD: Final = 50
"""Lines of a list that are told to be wrong."""
_OF: Final = "/staff/disaster/<int:number>/said"
_ONE: Final = f"{_OF}/<int:measure>"


@page(measures, f"{_OF}/new/<kind>", STAFF, methods=("GET", "POST"))
def add(number: int, kind: str) -> ResponseReturnValue:
    """Says something new."""
    if kind not in FIELDS:
        flask.abort(404)
    now = site().clock()
    with site().database.read() as tx:
        there = _theirs(tx, number)
        form = MeasureForm(kind, site().city(tx), None, now)
    if not form.validate_on_submit():
        return _edit(form, there, None)
    with site().database.write() as tx:
        done = store.say(tx, viewer(), there.id, [form.draft()], now)
    return _told(there, done, "disasters.said")


@page(measures, _ONE, STAFF, methods=("GET", "POST"))
def one(number: int, measure: int) -> ResponseReturnValue:
    """Says it otherwise."""
    now = site().clock()
    with site().database.read() as tx:
        there, said = _theirs(tx, number), _said(tx, number, measure)
        form = MeasureForm(kind_of(said.measure.what), site().city(tx), said.measure, now)
    if not form.validate_on_submit():
        return _edit(form, there, said)
    with site().database.write() as tx:
        done = store.change(tx, viewer(), there.id, MeasureId(measure), form.draft(), now)
    if isinstance(done, Overtaken):
        form.form_errors.append(refused(done))
        return _edit(form, there, said)
    return _told(there, done, "disasters.changed")


@page(measures, f"{_ONE}/again", STAFF, methods=("POST",))
def again(number: int, measure: int) -> ResponseReturnValue:
    """Confirms that it still is so, or says the new state of a shelter: as of now, for as long as usual."""
    now, state = site().clock(), flask.request.form.get("state", "")
    if state not in ("", *ShelterState):
        flask.abort(400)
    with site().database.write() as tx:
        there, said = _theirs(tx, number), _said(tx, number, measure)
        if isinstance(said.measure.what, ClosedOffice):
            flask.abort(400)  # until when it is closed, nobody can tell by a press
        draft = _renewed(said, state, now)
        done = store.change(tx, viewer(), there.id, MeasureId(measure), draft, now)
    return _told(there, done, "disasters.renewed")


def _renewed(said: Said, state: str, now: datetime) -> MeasureDraft:
    what = said.measure.what
    if isinstance(what, OpenShelter) and state:
        what = OpenShelter(what.shelter, ShelterState(state), what.words)
    until = expiry(what, now, HOLDS[kind_of(what)])
    return MeasureDraft(what, said.measure.source, said.measure.source_url, now, until)


@page(measures, f"{_ONE}/end", STAFF, methods=("POST",))
def end(number: int, measure: int) -> ResponseReturnValue:
    """Says it no more."""
    with site().database.write() as tx:
        there, _ = _theirs(tx, number), _said(tx, number, measure)
        done = store.end(tx, viewer(), there.id, MeasureId(measure), site().clock())
    return _told(there, done, "disasters.unsaid")


@page(measures, f"{_OF}/shelters", STAFF, methods=("GET", "POST"))
def shelters(number: int) -> ResponseReturnValue:
    """Takes a list of shelters, pasted or as a file: all of it, or nothing."""
    now = site().clock()
    with site().database.read() as tx:
        there, known = _theirs(tx, number), site().city(tx).directory.shelters
    source = one_line(flask.request.form.get("source")) or site().say(
        "disasters.source", city=site().profile.name
    )
    if flask.request.method == "GET":
        return _list_page(there, source, "", ())
    text = _pasted()
    read = shelter_list.read(text, known)
    bad = tuple(each for each in read if isinstance(each, BadLine))
    if bad:
        return _list_page(there, source, text, bad), 422
    expires = now + timedelta(hours=HOLDS["shelter"])
    drafts = [MeasureDraft(each, source, "", now, expires) for each in read if isinstance(each, OpenShelter)]
    with site().database.write() as tx:
        done = store.say(tx, viewer(), there.id, drafts, now)
    return _told(there, done, "disasters.listed")


def _pasted() -> str:
    """What was pasted, or stands in the file."""
    upload = flask.request.files.get("file")
    if upload is None or not upload.filename:
        return flask.request.form.get("list", "")
    found = decode(upload.read())
    return found if isinstance(found, str) and "\0" not in found else ""


def _list_page(there: Disaster, source: str, text: str, bad: tuple[BadLine, ...]) -> str:
    say = site().say
    told = [
        say(f"disasters.list.{each.why}", line=each.line, text=each.text, most=shelter_list.MOST)
        for each in bad[:MOST_BAD]
    ]
    if len(bad) > MOST_BAD:
        told.append(say("disasters.list.more", count=len(bad) - MOST_BAD))
    return flask.render_template(
        "disaster/shelters.html", disaster=there, source=source, text=text, wrong=told, back=where(there)
    )


def _edit(form: MeasureForm, there: Disaster, said: Said | None) -> ResponseReturnValue:
    with site().database.read() as tx:
        names = [each.name for each in site().city(tx).directory.shelters]
    shown = flask.render_template(
        "disaster/measure.html",
        form=form,
        disaster=there,
        said=said,
        fields=FIELDS[form.kind],
        shelters=names,
        translations=_translations(said),
        back=where(there),
    )
    return shown, 422 if form.errors or form.form_errors else 200


def _translations(said: Said | None) -> dict[Language, str]:
    """Of a message, by language, as typed or as kept."""
    kept = getattr(said.measure.what, "words", {}) if said else {}
    by_language = kept if isinstance(kept, dict) else {}
    typed = flask.request.form
    return {each: typed.get(f"in-{each}", by_language.get(each, "")) for each in BESIDES_JAPANESE}


def where(there: Disaster) -> str:
    """The page on which it is worked on."""
    page = "rehearsal.show" if there.state is State.REHEARSED else "disaster.show"
    return flask.url_for(page)


def _theirs(tx: Tx, number: int) -> Disaster:
    found = disasters.find(tx, viewer(), DisasterId(number))
    return found if found is not None and found.state is not State.ENDED else flask.abort(404)


def _said(tx: Tx, number: int, measure: int) -> Said:
    return store.find(tx, DisasterId(number), MeasureId(measure)) or flask.abort(404)


def _told(there: Disaster, done: object, key: str) -> Response:
    if isinstance(done, Refusal | Overtaken):
        flask.flash(refused(done), "error")
    else:
        flask.flash(site().say(key))
    return flask.redirect(where(there), 303)
