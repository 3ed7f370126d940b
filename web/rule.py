"""Who may see a page: said where the page is, checked before its view is called, and missing from none."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import flask
from flask import Blueprint, Flask
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from store.sight import Role, Viewer
from web import door, places
from web.coming_from import is_from_elsewhere

MOST_BYTES = 1024 * 1024
"""Of a form without a file."""

log = logging.getLogger(__name__)

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may come, and whether what they send must carry the token of a form of ours."""

    roles: frozenset[Role] | None
    """None: everybody, signed in or not."""
    personal: bool = False
    """Only who may see personal data."""
    leads: bool = False
    """Only who leads operators, and administrators."""
    forms: bool = True
    """False for what machines send: they prove themselves otherwise, and no cookie counts."""
    part: bool = False
    """A part of a page: nobody opens it alone, and nobody is led back to it from the sign-in."""
    most_bytes: int = MOST_BYTES
    """Of what may be sent."""

    def admits(self, viewer: Viewer) -> bool:
        fits = self.roles is None or viewer.role in self.roles
        return fits and (viewer.personal or not self.personal) and (viewer.supervises or not self.leads)


EVERYBODY = Rule(None)
MACHINES = Rule(None, forms=False)
SIGNED_IN = Rule(frozenset(Role))
PART = Rule(frozenset(Role), part=True)
PERSONAL = Rule(frozenset(Role), personal=True)
"""Whatever their role, those who may see personal data."""
LEADS = Rule(frozenset(Role), leads=True)
"""Whatever their role, those who lead operators, and administrators."""
STAFF = Rule(frozenset({Role.STAFF, Role.APPROVER, Role.ADMIN}))
STAFF_WITH_NAMES = Rule(STAFF.roles, personal=True)
APPROVERS = Rule(frozenset({Role.APPROVER, Role.ADMIN}))
ADMINS = Rule(frozenset({Role.ADMIN}))


class RouteWithoutRule(Exception):
    """Routes that nobody said who may see; they are named."""


@dataclass(frozen=True, slots=True)
class Guarded:
    """A view behind its rule. "Not yours" looks like "does not exist"."""

    view: Callable[..., ResponseReturnValue]
    rule: Rule

    def __call__(self, **values: Any) -> ResponseReturnValue:
        if any("\0" in str(part) for part in values.values()):
            flask.abort(404)  # PostgreSQL takes it in no text, so nothing has that name
        if self.rule.roles is not None:
            viewer = door.maybe_viewer()
            if viewer is None:
                wanted = "" if self.rule.part else places.here()
                return flask.redirect(places.to_sign_in(door.session(), wanted), 303)
            if not self.rule.admits(viewer):
                log.warning(
                    "account %s asked for %s, which is not theirs", viewer.account, flask.request.endpoint
                )
                flask.abort(404)
        if self.rule.forms:
            flask.request.max_content_length = self.rule.most_bytes
            if flask.request.method == "POST" and is_from_elsewhere():
                raise CSRFError("another site sent it")
            flask.current_app.extensions["csrf"].protect()
            if any("\0" in text for text in flask.request.values.values()):
                flask.abort(400)  # no person types it, and PostgreSQL takes it in no text
        return self.view(**values)


def page(
    where: Flask | Blueprint,
    path: str,
    rule: Rule,
    methods: Iterable[str] = ("GET",),
    endpoint: str | None = None,
) -> Callable[[View], View]:
    """Registers a view at a path, for those whom the rule admits; `endpoint` as in Flask (the view's name)."""

    def register(view: View) -> View:
        name = endpoint or str(getattr(view, "__name__", ""))
        where.add_url_rule(path, name, Guarded(view, rule), methods=list(methods))
        return view

    return register


def folder(where: Flask | Blueprint, path: str, files: Path) -> None:
    """Serves the files of a folder to everybody under a path, at the endpoint `static`."""

    def static(filename: str) -> ResponseReturnValue:
        return flask.send_from_directory(files, filename)

    page(where, f"{path}/<path:filename>", MACHINES)(static)


def check_rules(app: Flask) -> None:
    """Raises RouteWithoutRule where a route leads to a view that was not registered by `page`."""
    without = sorted(
        f"{rule.rule} ({rule.endpoint})"
        for rule in app.url_map.iter_rules()
        if not isinstance(app.view_functions[rule.endpoint], Guarded)
    )
    if without:
        raise RouteWithoutRule(", ".join(without))
