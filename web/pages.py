"""The pages as one part of the application: their blueprints, and what all of them share."""

from pathlib import Path

import flask
from flask import Blueprint, Flask
from flask.typing import ResponseReturnValue
from flask_wtf import CSRFProtect
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from store.failures import DatabaseFailure
from web import door
from web.home import home
from web.login import login
from web.rule import folder
from web.site import Site, site

BLUEPRINTS: tuple[Blueprint, ...] = (home, login)
"""Each is named as its file."""

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}

frame = Blueprint("frame", __name__, template_folder="templates")
folder(frame, "/static", Path(__file__).parent / "static")


def add_pages(app: Flask, site: Site) -> None:
    """Adds the pages, their error pages and their headers to an application."""
    app.extensions["site"] = site
    app.config.update(
        SECRET_KEY=site.secret_key,
        SESSION_COOKIE_NAME="__Host-form" if site.is_secure else "form",
        SESSION_COOKIE_SECURE=site.is_secure,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_CHECK_DEFAULT=False,  # `web.rule` checks, once it knows who asks
        WTF_CSRF_TIME_LIMIT=None,  # a form may lie open for as long as its session
        WTF_CSRF_SSL_STRICT=False,  # pages behind a one-time link send no referrer
    )
    CSRFProtect(app)
    for blueprint in (frame, *BLUEPRINTS):
        app.register_blueprint(blueprint)
    app.register_error_handler(HTTPException, _refused)
    for failure in DatabaseFailure:
        app.register_error_handler(failure, _database_away)
    app.context_processor(lambda: {"site": site, "say": site.say, "viewer": door.maybe_viewer()})
    app.after_request(_with_headers)
    if site.hops:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=site.hops, x_proto=0, x_host=0
        )


def _refused(error: HTTPException) -> ResponseReturnValue:
    """An error page that says what to do; what needs no page keeps its own answer."""
    status = error.code or 500
    if error.response is not None:
        return error.response
    return _error_page(status), status, _headers_of(error)


def _headers_of(error: HTTPException) -> list[tuple[str, str]]:
    return [(name, value) for name, value in error.get_headers() if name.lower() != "content-type"]


def _database_away(_: Exception) -> ResponseReturnValue:
    flask.current_app.logger.exception("the database is away")
    door.without_database()
    return _error_page(503), 503


def _error_page(status: int) -> str:
    known = status if status in (400, 404, 413, 500, 503) else 404 if status < 500 else 500
    say = site().say
    return flask.render_template(
        "error.html", title=say(f"errors.{known}.title"), text=say(f"errors.{known}.text")
    )


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if not (flask.request.endpoint or "").endswith(".static"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response
