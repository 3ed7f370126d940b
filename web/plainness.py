"""How plain a text is, while it is being written: a part of the page on which records are written."""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from web.plain_remarks import levels, of_text
from web.record_form import PREFIX
from web.rule import STAFF, page

plainness = Blueprint("plainness", __name__)


@page(plainness, "/staff/plainness", STAFF, methods=("POST",))
def show() -> ResponseReturnValue:
    """The remarks on the text of one field; it comes in a form, never in an address."""
    given = flask.request.form
    kind, column = given.get("kind", ""), given.get("column", "")
    level = levels(kind, given.get("language") or given.get(f"{PREFIX}language", "")).get(column)
    if level is None:
        return flask.render_template("knowledge/plainness.html", plain=None, column=column[:40])
    plain = of_text(kind, column, given.get(f"{PREFIX}{column}", ""), level)
    return flask.render_template("knowledge/plainness.html", plain=plain, column=column)
