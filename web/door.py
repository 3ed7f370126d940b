"""The door: who comes in, by the cookie of their session."""

import flask
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from store import sessions
from store.sessions import Session, Standing
from store.sight import Viewer
from web.site import site

BY_ITSELF = "X-By-Itself"
"""What a page asks by itself, every few seconds, carries this header: it is no sign that somebody is there."""
_OF_REQUEST = "session_of_request"
_WITHOUT_DATABASE = "without_database"


def session() -> Session | None:
    """The session of this request, whatever is still missing from its sign-in; read once a request."""
    if _OF_REQUEST not in flask.g:
        flask.g.setdefault(_OF_REQUEST, _read())
    found = flask.g.get(_OF_REQUEST)
    assert found is None or isinstance(found, Session)
    return found


def own_session() -> Session:
    """The session of who is signed in, on a page whose rule lets nobody else in."""
    found = session()
    assert found is not None
    return found


def maybe_viewer() -> Viewer | None:
    """Who is signed in, with all that their account demands; None where nobody is."""
    here = session()
    return here.viewer if here is not None and here.standing is Standing.SIGNED_IN else None


def viewer() -> Viewer:
    """Who is signed in, on a page whose rule lets nobody else in."""
    found = maybe_viewer()
    assert found is not None
    return found


def let_in(response: ResponseReturnValue, token: str) -> Response:
    """The response with the cookie of a session. What the visitor's forms held before is forgotten."""
    made = flask.make_response(response)
    made.set_cookie(cookie_name(), token, path="/", secure=site().is_secure, httponly=True, samesite="Lax")
    flask.session.clear()
    flask.g.pop(_OF_REQUEST, None)
    return made


def let_out(response: ResponseReturnValue) -> Response:
    """The response without the cookie."""
    made = flask.make_response(response)
    made.delete_cookie(cookie_name(), path="/", secure=site().is_secure, httponly=True, samesite="Lax")
    flask.session.clear()
    flask.g.pop(_OF_REQUEST, None)
    return made


def cookie_name() -> str:
    """Over HTTPS a name that browsers accept from this host alone (RFC 6265bis, 4.1.3.2)."""
    return "__Host-door" if site().is_secure else "door"


def without_database() -> None:
    """Lets a page be made while the database is away: it is nobody's."""
    setattr(flask.g, _OF_REQUEST, None)
    setattr(flask.g, _WITHOUT_DATABASE, True)


def has_database() -> bool:
    """Whether the database may be asked while this page is made."""
    return _WITHOUT_DATABASE not in flask.g


def _read() -> Session | None:
    token = flask.request.cookies.get(cookie_name())
    if not token:
        return None
    here = site()
    now = here.clock()
    with here.database.read() as tx:
        found = sessions.find(tx, token, now)
    if found is not None and found.is_to_be_noted(now) and BY_ITSELF not in flask.request.headers:
        with here.database.write(synced=False) as tx:
            sessions.note(tx, found.id, now)
    return found
