"""Open data: a page that says what there is, and the files, for everybody and for other programs."""

from typing import Final

import flask
from flask import Blueprint
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from faq.public import FILES
from store import knowledge, run_settings
from store.db import Tx
from web.headers import ELSEWHERE
from web.releases import Releases
from web.rule import EVERYBODY, MACHINES, page
from web.site import Site, site

opendata = Blueprint("opendata", __name__)

KINDS: Final = {
    ".json": "application/ld+json; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".db": "application/vnd.sqlite3",
}
FRESH: Final = "public, max-age=3600"
"""For an hour nobody asks again; afterwards a question without an answer of its own tells that nothing changed."""
"""Other sites may show it."""


@opendata.record
def _with_releases(state: BlueprintSetupState) -> None:
    given: Site = state.app.extensions["site"]
    state.app.extensions["releases"] = Releases(given.profile)


@page(opendata, "/opendata", EVERYBODY)
def show() -> ResponseReturnValue:
    """What there is, on what terms, and as of when."""
    with site().database.read() as tx:
        _only_where_given(tx)
        latest = knowledge.latest(tx)
    changed_at = latest[1] if latest else None
    return flask.render_template("opendata.html", files=list(FILES), changed_at=changed_at)


@page(opendata, "/opendata/<name>", MACHINES)
def file(name: str) -> ResponseReturnValue:
    """A file; not sent again to who has it."""
    releases = flask.current_app.extensions["releases"]
    assert isinstance(releases, Releases)
    with site().database.read() as tx:
        _only_where_given(tx)
        release = releases.of(tx, name) if name in FILES else None
    if release is None:
        flask.abort(404)
    ending = name[name.rindex(".") :]
    response = flask.Response(release.content, content_type=KINDS[ending])
    response.headers.update(ELSEWHERE)
    response.headers["Cache-Control"] = FRESH
    if ending != ".json":
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.set_etag(release.etag)
    response.last_modified = release.changed_at
    return response.make_conditional(flask.request, accept_ranges=True, complete_length=len(release.content))


def _only_where_given(tx: Tx) -> None:
    if not run_settings.read(tx).open_data:
        flask.abort(404)
