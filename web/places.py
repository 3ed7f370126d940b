"""Where people are led: to sign in, and on from there."""

from typing import assert_never
from urllib.parse import urlsplit

import flask

from store.sessions import Session, Standing


def to_sign_in(session: Session | None) -> str:
    """The page where what is missing from a sign-in is made up; it knows where the visitor wanted to go."""
    onward = flask.request.full_path.rstrip("?") if flask.request.method == "GET" else None
    if session is None:
        return flask.url_for("login.login", next=onward)
    match session.standing:
        case Standing.NEEDS_CODE:
            return flask.url_for("login.code", next=onward)
        case Standing.NEEDS_SETTING_UP:
            return flask.url_for("login.set_up", next=onward)
        case Standing.SIGNED_IN:
            return flask.url_for("home.home")
        case _:
            assert_never(session.standing)


def is_local(path: str) -> bool:
    """Whether a path leads to a page of this service and nowhere else, however a browser reads it.

    Browsers take a backslash for a slash and drop tabs and line breaks (WHATWG URL Standard, 4.4), so that
    `/\\evil.example` and `/<tab>/evil.example` lead elsewhere.
    """
    if not path.startswith("/") or path.startswith("//") or "\\" in path:
        return False
    if any(letter < " " or letter == "\x7f" for letter in path):
        return False
    try:
        parts = urlsplit(path)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc
