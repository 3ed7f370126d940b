"""What was ever published, for staff: who confirmed it, and the way to take it back at once."""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import published_voices, voice_sight
from store.published_voices import PAGE, PublishedVoiceId, Why
from web.door import viewer
from web.numbers import number_of
from web.pages_of import at_page
from web.rule import STAFF, page
from web.section_names import section_names
from web.site import site

voices_published = Blueprint("voices_published", __name__)

_ALL = "/staff/voices/published"


@page(voices_published, _ALL, STAFF)
def show() -> ResponseReturnValue:
    """A page of them, the newest first."""
    number, now = max(0, number_of(flask.request.args.get("page", "0"))), site().clock()
    with site().database.read() as tx:
        rows, total = published_voices.for_staff(tx, min(number, 10_000))
        cases = [row.case for row in rows if row.case is not None]
        mine = {case for case in cases if voice_sight.is_readable(tx, viewer(), case, now)}
        sections = section_names(tx)
    pages = max(1, -(-total // PAGE))
    return flask.render_template(
        "voices/published.html",
        rows=rows,
        mine=mine,
        total=total,
        number=number,
        pages=pages,
        before=at_page(number - 1) if number > 0 else None,
        after=at_page(number + 1) if number + 1 < pages else None,
        sections=sections,
        reasons=list(Why),
    )


@page(voices_published, f"{_ALL}/<int:number>/withdraw", STAFF, methods=("POST",))
def withdraw(number: int) -> ResponseReturnValue:
    """Takes one back at once; page, file and feed have it no more."""
    why = flask.request.form.get("why", Why.OTHER)
    if why not in set(Why):
        flask.flash(site().say("voices.withdraw_wrong"), "warn")
    else:
        with site().database.write() as tx:
            which = PublishedVoiceId(number)
            done = published_voices.withdraw(tx, viewer(), which, Why(why), site().clock())
            if not done and not published_voices.was_withdrawn(tx, which):
                flask.abort(404)
        flask.flash(site().say("voices.done.withdrawn" if done else "voices.done.gone_already"))
    return flask.redirect(flask.url_for("voices_published.show"), 303)
