"""The web part: the webhook, health, and the simulator on a machine without a LINE channel."""

from collections.abc import Callable

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue

from bot.clock import Clock
from bot.relaying import RelayRules
from bot.webhook import create_webhook
from store import knowledge
from store.db import Database
from store.failures import DatabaseFailure


def create_app(
    database: Database,
    channel_secret: str,
    clock: Clock,
    on_arrival: Callable[[], None],
    relays: RelayRules,
) -> Flask:
    """The Flask application; `on_arrival` is called after events are kept."""
    app = Flask(__name__)
    app.register_blueprint(create_webhook(database, channel_secret, clock, on_arrival, relays))

    @app.get("/healthz")
    def healthz() -> ResponseReturnValue:
        return jsonify(status="alive")

    @app.get("/readyz")
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

    return app
