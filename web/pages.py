"""The pages as one part of the application: their blueprints, and what all of them share."""

import flask
from flask import Blueprint, Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from web.booking_form import booking_form
from web.booking_receipt import booking_receipt
from web.bookings import bookings
from web.error_pages import add_error_pages
from web.frame import add_frame
from web.home import home
from web.login import login
from web.site import Site

BLUEPRINTS: tuple[Blueprint, ...] = (home, login, booking_form, booking_receipt, bookings)
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
    add_frame(app, site)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    add_error_pages(app)
    app.after_request(_with_headers)
    if site.hops:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=site.hops, x_proto=0, x_host=0
        )


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if not (flask.request.endpoint or "").endswith(".static"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response
