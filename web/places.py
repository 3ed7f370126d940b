"""Where people are led: to sign in, and on from there."""

from typing import assert_never
from urllib.parse import urlsplit

import flask

from store.sessions import Session, Standing


def to_sign_in(session: Session | None, wanted: str) -> str:
    """Where what is missing from a sign-in is made up; where nothing is, the wanted page or one's first."""
    kept = onward(wanted)
    if session is None:
        return flask.url_for("login.show", next=kept)
    match session.standing:
        case Standing.NEEDS_CODE:
            return flask.url_for("code.show", next=kept)
        case Standing.NEEDS_SETTING_UP:
            return flask.url_for("code.show_setting_up", next=kept)
        case Standing.SIGNED_IN:
            return kept or flask.url_for("login.show")
        case _:
            assert_never(session.standing)


def here() -> str:
    """The page that was asked for; empty for what was sent, which cannot be sent again by a link."""
    return flask.request.full_path.removesuffix("?") if flask.request.method == "GET" else ""


def onward(wanted: str) -> str | None:
    """The page that was wanted, where it is one of ours."""
    return wanted if is_local(wanted) else None


def is_local(path: str) -> bool:
    r"""Whether a path leads to a page of this service and nowhere else, however a browser reads it.

    Browsers take a backslash for a slash and drop tabs and line breaks (WHATWG URL Standard, 4.4), so that
    `/\evil.example` and `/<tab>/evil.example` lead elsewhere.
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
