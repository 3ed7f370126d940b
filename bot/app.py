"""The web part: the webhook, health, the pages, and the simulator on a machine without a LINE channel."""

import logging
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, jsonify, request
from flask.json.provider import DefaultJSONProvider
from flask.typing import ResponseReturnValue

from bot.relaying import RelayRules
from bot.webhook import create_webhook
from store import knowledge
from store.failures import DatabaseFailure
from web.pages import add_pages
from web.rule import MACHINES, check_rules, page
from web.site import Site

log = logging.getLogger(__name__)


class Json(DefaultJSONProvider):
    """Flask's, with letters as they are: somebody who tries the API with `curl` reads them."""

    ensure_ascii = False


class Application(Flask):
    """Flask, but for its log, which names a page that failed by its path: that of a one-time link opens it."""

    json_provider_class = Json

    def log_exception(self, exc_info: Any) -> None:
        log.error("%s of %s failed", request.method, request.endpoint, exc_info=exc_info)


def create_app(
    site: Site,
    channel_secret: str,
    on_arrival: Callable[[], None],
    relays: RelayRules,
    besides: tuple[Blueprint, ...] = (),
) -> Flask:
    """The Flask application; `on_arrival` is called after events are kept, `besides` is the simulator's.

    Raises RouteWithoutRule where nobody said who may see a page.
    """
    app = Application(__name__, static_folder=None)
    database = site.database
    webhook = create_webhook(database, channel_secret, site.clock, on_arrival, relays)
    for blueprint in (webhook, *besides):
        app.register_blueprint(blueprint)

    @page(app, "/healthz", MACHINES)
    def healthz() -> ResponseReturnValue:
        return jsonify(status="alive")

    @page(app, "/readyz", MACHINES)
    def readyz() -> ResponseReturnValue:
        try:
            with database.read() as tx:
                version = knowledge.version(tx)
        except DatabaseFailure:
            return jsonify(status="database away"), 503
        return (
            (jsonify(status="ready", knowledge=version), 200)
            if version
            else (jsonify(status="no knowledge"), 503)
        )

    add_pages(app, site)
    check_rules(app)
    return app
