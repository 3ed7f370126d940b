"""The web part: the webhook, health, the pages, and the simulator on a machine without a LINE channel."""

import logging
from collections.abc import Callable
from typing import Any, Final

from flask import Blueprint, Flask, abort, jsonify, request
from flask.json.provider import DefaultJSONProvider
from flask.typing import ResponseReturnValue

from bot.metrics_page import KIND, MetricsPage
from bot.relaying import RelayRules
from bot.visits import watch
from bot.webhook import create_webhook
from store import knowledge
from store.failures import DatabaseFailure
from web.pages import add_pages
from web.rule import MACHINES, check_rules, page
from web.site import Site

log = logging.getLogger(__name__)
TO_NOBODY: Final = MetricsPage()


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
    metrics: MetricsPage = TO_NOBODY,
) -> Flask:
    """The Flask application; `on_arrival` is called after events are kept, `besides` is the simulator's.

    `metrics`: to whom they are shown at this address.

    Raises RouteWithoutRule where nobody said who may see a page.
    """
    app = Application(__name__, static_folder=None)
    watch(app, site.hops)
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

    _add_metrics(app, metrics)
    add_pages(app, site)
    check_rules(app)
    return app


def _add_metrics(app: Flask, shown: MetricsPage) -> None:
    """To who knows the token; where there is none nobody sees that anything is here."""

    @page(app, "/metrics", MACHINES)
    def metrics() -> ResponseReturnValue:
        if not shown.door.token:
            abort(404)
        if not shown.door.admits(request.headers.get("Authorization", "")):
            return "METRICS_TOKEN is wanted\n", 401, {"WWW-Authenticate": "Bearer"}
        return shown.read(), {"Content-Type": KIND}
