"""The voices that the city has published: for everybody to read, to search, to take away and to follow."""

from datetime import UTC, datetime
from typing import Final

import flask
from flask import Blueprint
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests

from store import published_voices as published
from store.db import Tx
from store.published_voices import MOST, PAGE, Asked, PublishedVoice, PublishedVoiceId, Shown
from web import visitor
from web.headers import ELSEWHERE
from web.numbers import number_of
from web.pace import Pace
from web.pages_of import with_changed
from web.rule import EVERYBODY, MACHINES, page
from web.sheets import as_csv
from web.site import site
from web.speech import tell
from web.typed import even
from web.voice_feed import ENTRIES, feed

published_voices = Blueprint("published_voices", __name__)

A_MINUTE: Final = 300
"""So often one address may ask in a minute: a class at school does not, a program that never waits does."""
ASK_AGAIN: Final = "public, no-cache"
"""Kept by everybody and asked for each time, so that what was withdrawn is gone at once."""
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_LETTERS: Final = 60
_MOST_PAGES: Final = 10_000
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_COLUMNS: Final = "number kind category year month ward title words answer section published address".split()


@published_voices.record
def _with_pace(state: BlueprintSetupState) -> None:
    state.app.extensions["voices_pace"] = Pace(A_MINUTE)


@page(published_voices, "/voices", EVERYBODY)
def show() -> ResponseReturnValue:
    """A page of them, the newest first, narrowed by words, category, fiscal year and section."""
    _not_too_often()
    asked, number = _asked(), min(max(0, number_of(flask.request.args.get("page", ""))), _MOST_PAGES)
    with site().database.read() as tx:
        found, choices = published.search(tx, asked, number), published.choices(tx)
    pages = max(1, -(-found.total // PAGE))
    return flask.render_template(
        "published_voices/list.html",
        found=found,
        asked=asked,
        choices=choices,
        number=number,
        pages=pages,
        before=with_changed(page=str(number - 1)) if number > 0 else None,
        after=with_changed(page=str(number + 1)) if number + 1 < pages else None,
        tell_received=tell_received,
    )


@page(published_voices, "/voices/<int:number>", EVERYBODY)
def one(number: int) -> ResponseReturnValue:
    """One of them; of what was withdrawn, that it was (410), so that who kept the address knows."""
    _not_too_often()
    which = PublishedVoiceId(number)
    with site().database.read() as tx:
        found = published.find(tx, which)
        if found is None and published.was_withdrawn(tx, which):
            return flask.render_template("published_voices/gone.html"), 410
    if found is None:
        flask.abort(404)
    return flask.render_template("published_voices/one.html", voice=found, tell_received=tell_received)


@page(published_voices, "/voices.csv", MACHINES)
def as_file() -> ResponseReturnValue:
    """The newest as CSV, as every file of the service has it: UTF-8 with its mark, no cell that runs."""
    _not_too_often()
    with site().database.read() as tx:
        if (same := _unchanged(tx)) is not None:
            return same
        rows = [_row(each) for each in published.latest(tx, MOST)]
        response = _answer(tx, as_csv([_heading(), *rows]), "text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="voices.csv"'
    return response


@page(published_voices, "/voices.atom", MACHINES)
def as_feed() -> ResponseReturnValue:
    """The newest as an Atom feed (RFC 4287)."""
    _not_too_often()
    with site().database.read() as tx:
        if (same := _unchanged(tx)) is not None:
            return same
        changed_at = published.changed(tx)[1] or _NEVER
        content = feed(published.latest(tx, ENTRIES), changed_at)
        return _answer(tx, content, "application/atom+xml; charset=utf-8")


def tell_received(shown: Shown) -> str:
    """The month in which it came, or the fiscal year alone, in the page's language."""
    if shown.month is None:
        return tell("page.voices.fiscal", year=shown.fiscal_year)
    month = tell(f"when.month.{_MONTHS[shown.month - 1]}")
    return tell("page.voices.month", year=shown.year, month=month)


def _asked() -> Asked:
    args = flask.request.args
    year = number_of(args.get("year", ""))
    return Asked(
        even(args.get("q", ""), _MOST_LETTERS),
        args.get("category", "")[:_MOST_LETTERS],
        year if 2000 <= year < 2200 else None,
        args.get("section", "")[:_MOST_LETTERS],
    )


def _not_too_often() -> None:
    pace = flask.current_app.extensions["voices_pace"]
    assert isinstance(pace, Pace)
    seconds = pace.wait(visitor.address(), site().clock())
    if seconds:
        raise TooManyRequests(retry_after=seconds)


def _tag(tx: Tx) -> str:
    number, changed_at = published.changed(tx)
    return f"{number}-{(changed_at or _NEVER).timestamp():.0f}"


def _unchanged(tx: Tx) -> flask.Response | None:
    """The answer without the file, to who has it."""
    if not flask.request.if_none_match.contains_weak(_tag(tx)):
        return None
    return _headed(tx, flask.Response(status=304))


def _answer(tx: Tx, content: bytes, kind: str) -> flask.Response:
    return _headed(tx, flask.Response(content, content_type=kind))


def _headed(tx: Tx, response: flask.Response) -> flask.Response:
    response.headers.update(ELSEWHERE)
    response.headers["Cache-Control"] = ASK_AGAIN
    response.set_etag(_tag(tx))
    response.last_modified = published.changed(tx)[1]
    return response


def _heading() -> list[str]:
    return [site().say(f"voices.file.{column}") for column in _COLUMNS]


def _row(voice: PublishedVoice) -> list[str]:
    shown = voice.shown
    return [
        str(voice.id),
        site().say(f"voices.kind.{shown.kind}"),
        shown.category_name,
        str(shown.fiscal_year),
        "" if shown.month is None else f"{shown.year}-{shown.month:02}",
        shown.ward,
        shown.title,
        shown.words,
        shown.answer,
        shown.section_name,
        voice.published_on.isoformat(),
        site().public_url + flask.url_for("published_voices.one", number=voice.id),
    ]
