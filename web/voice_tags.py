"""The list of tags: renamed, made one, and taken back."""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import voice_tags as tags
from store.db import Tx
from store.voice_tags import TagId, Unfit
from web.door import viewer
from web.numbers import sent_number
from web.personal import without_personal
from web.rule import STAFF, page
from web.site import site
from web.typed import one_line

voice_tags = Blueprint("voice_tags", __name__)

_ALL = "/staff/voices/tags"


@page(voice_tags, _ALL, STAFF)
def show() -> ResponseReturnValue:
    """All of them, with how many voices have each, and what was done to them lately."""
    with site().database.read() as tx:
        return _render(tx)


@page(voice_tags, f"{_ALL}/rename", STAFF, methods=("POST",))
def rename() -> ResponseReturnValue:
    """Gives one another name."""
    here, name = site(), one_line(flask.request.form.get("name", ""))
    with here.database.write() as tx:
        if without_personal(here.city(tx), name) != name:
            return _render(tx, here.say("voices.tag_wrong.personal")), 400
        came = tags.rename(tx, viewer(), TagId(sent_number("tag")), name, here.clock())
        if isinstance(came, Unfit):
            return _render(tx, here.say(f"voices.tag_wrong.{came}", most=tags.LONGEST)), 400
    return _done("renamed" if came else "tag_gone")


@page(voice_tags, f"{_ALL}/merge", STAFF, methods=("POST",))
def merge() -> ResponseReturnValue:
    """Makes two of them one."""
    first, second = TagId(sent_number("tag")), TagId(sent_number("into"))
    with site().database.write() as tx:
        came = tags.merge(tx, viewer(), first, second, site().clock())
    return _done("merged" if came else "tag_gone")


@page(voice_tags, f"{_ALL}/undo", STAFF, methods=("POST",))
def undo() -> ResponseReturnValue:
    """Takes a renaming or merging back."""
    with site().database.write() as tx:
        came = tags.undo(tx, viewer(), sent_number("act"), site().clock())
    return _done("undone" if came else "not_undone")


def _render(tx: Tx, wrong: str = "") -> str:
    return flask.render_template(
        "voices/tags.html", tags=tags.all_tags(tx), lately=tags.lately(tx), wrong=wrong
    )


def _done(what: str) -> ResponseReturnValue:
    flask.flash(site().say(f"voices.done.{what}"), "warn" if what in ("tag_gone", "not_undone") else "good")
    return flask.redirect(flask.url_for("voice_tags.show"), 303)
