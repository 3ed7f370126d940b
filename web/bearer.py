"""Who asks without a browser: a program with a key of its own (RFC 6750), so many times a minute."""

import math
from typing import Final

import flask
from flask import Response

from store import api_tokens
from store.api_tokens import Token, Wait
from web.problem import problem
from web.site import site

REALM: Final = 'Bearer realm="helpdesk"'
LONGEST: Final = 200
"""Letters of a key; ours are shorter."""


def let_in() -> Response | None:
    """Takes one request of the key that the request carries; an answer where it may not ask, or not now."""
    here, text = site(), _text()
    if text is None:
        return problem(401, "no_key", {"WWW-Authenticate": REALM})
    now = here.clock()
    with here.database.read() as tx:
        token = api_tokens.known(tx, text, now)
        waits = None if token is None else api_tokens.must_wait(tx, token, now)
    if token is None:
        return problem(401, "wrong_key", {"WWW-Authenticate": f'{REALM}, error="invalid_token"'})
    if waits is None:
        with here.database.write(synced=False) as tx:
            waits = api_tokens.take(tx, token, now)
    return None if waits is None else _later(token, waits)


def _text() -> str | None:
    """The key, where there is one in the only place where it may stand."""
    scheme, _, text = flask.request.headers.get("Authorization", "").partition(" ")
    text = text.strip()
    return text if scheme.lower() == "bearer" and 0 < len(text) <= LONGEST else None


def _later(token: Token, waits: Wait) -> Response:
    seconds = math.ceil((waits.until - site().clock()).total_seconds())
    return problem(429, "too_often", {"Retry-After": str(max(1, seconds))}, most=token.a_minute)
