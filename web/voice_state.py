"""The page of one's own: how what one has told the city by the form stands, what was answered, and what one can add.

Who has its address may see it: it is shown once, and only its digest is kept.
"""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import Field as FormField
from wtforms import TextAreaField, ValidationError

from store import voice_pages
from store.case_refusals import Gone
from store.case_talk import EntryKind
from store.cases import Ending, State
from store.voice_pages import Standing
from web.personal import without_personal
from web.rule import EVERYBODY, page
from web.section_names import section_names
from web.site import site
from web.speech import language, tell
from web.switchboard import switchboard
from web.typed import lines
from web.voice_fields import LONGEST
from web.voice_tries import minutes_to_wait

voice_state = Blueprint("voice_state", __name__)

_DONE = ("sent", "more", "withdrawn")


class MoreForm(FlaskForm):  # type: ignore[misc]
    """What is added."""

    words = TextAreaField()

    @property
    def text(self) -> str:
        return lines(self.words.data)

    def validate_words(self, _: FormField) -> None:
        if not self.text:
            raise ValidationError(tell("page.voice_form.words_missing"))
        if len(self.text) > LONGEST:
            what = tell("page.voice_form.words")
            raise ValidationError(tell("page.booking_fields.too_long", what=what, most=LONGEST))


@page(voice_state, "/voices/mine/<token>", EVERYBODY)
def show(token: str) -> ResponseReturnValue:
    """How it stands."""
    return _page(token, MoreForm())


@page(voice_state, "/voices/mine/<token>", EVERYBODY, methods=("POST",))
def say(token: str) -> ResponseReturnValue:
    """Adds something."""
    form = MoreForm()
    if not form.validate():
        return _page(token, form, 422)
    if minutes := minutes_to_wait():
        form.words.errors = [tell("page.voice_form.often", minutes=minutes)]
        return _page(token, form, 429)
    now = site().clock()
    with site().database.write() as tx:
        known, standing = site().city(tx), voice_pages.standing(tx, token, now)
        if standing is None:
            return _closed()
        if _is_said(standing, words := without_personal(known, form.text)):
            return _lead(token, "more")  # a button that was pressed twice says it once
        section = standing.voice.case.section
        came = voice_pages.say(tx, token, words, switchboard(known).promised_at(section, now), now)
    return _lead(token, "" if isinstance(came, Gone) else "more")


@page(voice_state, "/voices/mine/<token>/withdrawn", EVERYBODY, methods=("POST",))
def withdraw(token: str) -> ResponseReturnValue:
    """Takes it back."""
    with site().database.write() as tx:
        if voice_pages.standing(tx, token, site().clock()) is None:
            return _closed()
        voice_pages.withdraw(tx, token, site().clock())
    return _lead(token, "withdrawn")


def _is_said(standing: Standing, words: str) -> bool:
    return (
        bool(standing.talk) and standing.talk[-1].kind is EntryKind.SAID and standing.talk[-1].words == words
    )


def _lead(token: str, done: str) -> ResponseReturnValue:
    return flask.redirect(
        flask.url_for("voice_state.show", token=token, lang=language(), done=done or None), 303
    )


def _page(token: str, form: MoreForm, status: int = 200) -> ResponseReturnValue:
    done = flask.request.args.get("done", "")
    with site().database.read() as tx:
        standing = voice_pages.standing(tx, token, site().clock())
        if standing is None:
            return _closed()
        sections, known = section_names(tx), site().city(tx)
    case = standing.voice.case
    said = " ".join(each.words for each in standing.talk if each.kind is EntryKind.SAID)
    danger = known.danger.find(said) if said else None
    shown = flask.render_template(
        "voice_state/show.html",
        token=token,
        standing=standing,
        case=case,
        section=sections.get(case.section, ""),
        state="withdrawn" if case.ending is Ending.WITHDRAWN else case.state.value,
        waits=case.state in (State.NEW, State.TAKEN),
        said=[each for each in standing.talk if each.kind is EntryKind.SAID],
        answers=[each for each in standing.talk if each.kind is not EntryKind.SAID],
        guidance=known.danger_texts.guidance(danger, language()) if danger else None,
        form=form,
        done=done if done in _DONE else "",
        own=site().public_url + flask.url_for("voice_state.show", token=token),
    )
    return shown, status


def _closed() -> ResponseReturnValue:
    return flask.render_template("voice_state/closed.html"), 404
