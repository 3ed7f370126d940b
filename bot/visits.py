"""Every request: the id by which the log names it, its line in the log, and its place in the counts."""

import logging
import re
import secrets
import time
from functools import partial
from typing import Final

import flask
from flask import Flask, Response

from bot.about import about, learn
from bot.metrics import REQUEST_SECONDS, REQUESTS
from store import origin
from store.origin import RequestId
from web.rule import Guarded

log = logging.getLogger(__name__)

HEADER: Final = "X-Request-Id"
_WELL_FORMED: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_QUIET: Final = frozenset({"healthz", "readyz", "metrics", "static_files.serve", "webhook.callback"})
"""Of these a line each says nothing: programs ask again and again, or the view has told what came of it."""


def watch(app: Flask, hops: int) -> None:
    """From now on requests are named, logged and counted. `hops`: how many proxies of ours stand in front.

    Must come before other hooks of the application, whose lines then carry the id too.
    """
    app.before_request(partial(_begin, hops))
    app.after_request(_tell)
    app.teardown_request(_end)


def _begin(hops: int) -> None:
    scope = about()
    scope.__enter__()
    flask.g.scope, flask.g.begun = scope, time.perf_counter()
    flask.g.request_id = _request_id(hops)
    origin.learn(flask.g.request_id)


def _tell(response: Response) -> Response:
    seconds = time.perf_counter() - flask.g.begun
    response.headers[HEADER] = flask.g.request_id
    _count(response.status_code, seconds)
    learn(method=_method(), endpoint=_endpoint(), status=response.status_code, ms=round(seconds * 1000, 1))
    log.log(logging.DEBUG if _endpoint() in _QUIET else logging.INFO, "answered")
    return response


def _end(_: BaseException | None) -> None:
    if scope := flask.g.pop("scope", None):
        scope.__exit__(None, None, None)


def _request_id(hops: int) -> RequestId:
    """The proxy's, where one of ours stands in front: anybody else could choose one that stands in the log already."""
    given = flask.request.headers.get(HEADER, "") if hops else ""
    return RequestId(given if _WELL_FORMED.fullmatch(given) else secrets.token_hex(8))


def _endpoint() -> str:
    """The view's name and never the path, of which a part may be a secret."""
    return flask.request.endpoint or "none"


def _method() -> str:
    return flask.request.method if flask.request.method in _METHODS else "other"


def _count(status: int, seconds: float) -> None:
    REQUESTS.labels(_endpoint(), _method(), status).inc()
    REQUEST_SECONDS.labels(_part()).observe(seconds)


def _part() -> str:
    if flask.request.endpoint == "webhook.callback":
        return "callback"
    view = flask.current_app.view_functions.get(flask.request.endpoint or "")
    if not isinstance(view, Guarded) or not view.rule.forms:
        return "machines"
    return "public" if view.rule.roles is None else "staff"
