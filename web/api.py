"""Suggestions for other programs, such as a call centre's own: the same functions as the operators' page.

Callers' words may name them. By POST they stand in no address, and so in no log of a proxy on the way; this service
writes down neither.
"""

import json
from pathlib import Path
from typing import Final

import flask
from flask import Blueprint, Response
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from web.bearer import let_in
from web.operators import LONGEST
from web.problem import problem
from web.rule import MACHINES, page
from web.site import site
from web.suggested import searched, suggested
from web.suggestion import suggestions

api = Blueprint("api", __name__)

MOST_BYTES: Final = 16 * 1024
"""Of what is sent: a question of the most letters is a twentieth of it."""
_DESCRIPTION: Final = json.loads((Path(__file__).parent / "openapi.json").read_text(encoding="utf-8"))


@page(api, "/api/suggest", MACHINES)
def suggest() -> ResponseReturnValue:
    """For what stands in the address as `q`."""
    refused = let_in()
    if refused is not None:
        return refused
    whole = flask.request.args.get("whole", "false")
    if whole not in ("true", "false"):
        return problem(400, "whole_wrong")
    return _answer(flask.request.args.get("q", ""), whole=whole == "true")


@page(api, "/api/suggest", MACHINES, methods=("POST",))
def suggest_by_body() -> ResponseReturnValue:
    """For what is sent as JSON."""
    refused = let_in()
    if refused is not None:
        return refused
    flask.request.max_content_length = MOST_BYTES
    try:
        sent = flask.request.get_json(silent=True) if flask.request.is_json else None
    except RequestEntityTooLarge:
        return problem(413, "too_large")
    match sent:
        case {"q": str(words), **others}:
            whole = others.get("whole", False)
            return _answer(words, whole=whole) if isinstance(whole, bool) else problem(400, "whole_wrong")
        case _:
            return problem(400, "body_wrong")


@page(api, "/openapi.json", MACHINES)
def description() -> ResponseReturnValue:
    """What can be asked and what comes back, in OpenAPI 3.1."""
    name = site().profile.name
    info = {**_DESCRIPTION["info"], "title": site().say("api.title", city=name)}
    return flask.jsonify({**_DESCRIPTION, "info": info, "servers": [{"url": site().public_url}]})


def _answer(words: str, *, whole: bool) -> Response:
    words = words.strip()
    if not words:
        return problem(400, "q_missing")
    if len(words) > LONGEST:
        return problem(400, "q_long", most=LONGEST)
    here = site()
    with here.database.read() as tx:
        known = here.city(tx)
    reasons = searched(known, words)
    found = reasons if whole else suggested(known, words)
    told = suggestions(known, words, found, reasons, here.clock())
    return flask.jsonify({"version": known.version, "sure": found.sure, "suggestions": told})
