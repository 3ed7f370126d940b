"""What people see where something went wrong: what happened, in plain words, and what they can do."""

import logging
import secrets
from collections.abc import Callable
from typing import Final

import flask
from flask import Flask, Response
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from store.failures import DatabaseFailure
from web import door
from web.problem import is_asked_by_program, problem
from web.rule import Guarded
from web.site import site
from web.speech import is_residents, language, tell

log = logging.getLogger(__name__)

SOME: Final = {400: "400", 404: "404", 405: "404", 413: "413", 429: "429", 500: "500", 503: "503"}
"""The statuses that have words of their own; the others have those of 400 and 500."""
TO_THE_NOTES: Final = {
    "HX-Retarget": "#notes",
    "HX-Reselect": ".note",
    "HX-Reswap": "innerHTML",
    "HX-Replace-Url": "false",
}
"""Where htmx puts what went wrong, whatever the element that asked had wished for."""
RETRY_AFTER: Final = 60
"""Seconds until somebody should come back where the database is away."""


def add_error_pages(app: Flask) -> None:
    """From now on whatever is refused or fails is answered by a page."""
    app.register_error_handler(HTTPException, _refused)
    for failure in DatabaseFailure:
        app.register_error_handler(failure, _database_away)


def _refused(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error
    status = error.code or 500
    headers = [(name, value) for name, value in error.get_headers() if name.lower() != "content-type"]
    if is_asked_by_program():
        return problem(status, _known_to_programs(status), dict(headers))
    if _is_for_machines():
        return error
    if isinstance(error, CSRFError):
        log.warning("a form without its token was sent to %s", flask.request.endpoint)
    known = "expired" if isinstance(error, CSRFError) else SOME.get(status, "400" if status < 500 else "500")
    number = _note_failure() if status == 500 else ""
    return _page(known, number), status, headers


def _database_away(_: Exception) -> ResponseReturnValue:
    log.exception("the database is away")
    if is_asked_by_program():
        return problem(503, "away", {"Retry-After": str(RETRY_AFTER)})
    door.without_database()
    return _page("503"), 503, {"Retry-After": str(RETRY_AFTER)}


def _known_to_programs(status: int) -> str:
    """The key of `api.*` that tells a program what went wrong besides what the address's own view tells."""
    match status:
        case 404:
            return "no_address"
        case 405:
            return "no_method"
        case _:
            return "wrong" if status < 500 else "failed"


def _is_for_machines() -> bool:
    view = flask.current_app.view_functions.get(flask.request.endpoint or "")
    return isinstance(view, Guarded) and not view.rule.forms


def _note_failure() -> str:
    """A number that leads from what the visitor tells to the trace in the log."""
    number = secrets.token_hex(4)
    log.error("failure %s of %s", number, flask.request.endpoint)
    return number


def _page(known: str, number: str = "") -> Response:
    """A whole page, or the note alone where htmx asked: it goes where the page has its notes."""
    say = _words()
    words = {"title": say(f"{known}.title"), "text": say(f"{known}.text"), "number": number}
    if "HX-Request" in flask.request.headers:
        note = flask.make_response(flask.render_template("error_note.html", **words))
        note.headers.update(TO_THE_NOTES)
        return note
    again = "" if known == "404" else _again()
    return flask.make_response(flask.render_template("error.html", again=again, say_error=say, **words))


def _words() -> Callable[[str], str]:
    """What is said of a failure: to a resident in their language, `page.errors.*`; else `errors.*` of the wording."""
    if is_residents() and door.maybe_viewer() is None:
        return lambda key: tell(f"page.errors.{key}")
    return lambda key: site().say(f"errors.{key}")


def _again() -> str:
    """The page that was being used, to open it anew; empty where there is none.

    Not for what is not found: "not yours" would then differ from "does not exist".
    """
    adapter = flask.current_app.create_url_adapter(flask.request)
    try:
        assert adapter is not None
        adapter.match(flask.request.path, "GET")
    except (NotFound, MethodNotAllowed):
        return ""
    return f"{flask.request.path}?lang={language()}" if is_residents() else flask.request.path
