"""The metrics as Prometheus reads them, and the port apart at which they are shown."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.registry import Collector

from bot.metrics import REGISTRY
from bot.metrics_door import CLOSED, MetricsDoor

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

KIND: Final = CONTENT_TYPE_LATEST
"""Of the content, as HTTP names it."""


@dataclass(frozen=True, slots=True)
class MetricsPage:
    """What is shown, and to whom."""

    door: MetricsDoor = CLOSED
    gauges: Collector | None = None
    """What is looked up when somebody asks, besides what this process counts."""

    def read(self) -> bytes:
        """As Prometheus reads it, in the form that `KIND` names."""
        counted = generate_latest(REGISTRY)
        if self.gauges is None:
            return counted
        looked_up = CollectorRegistry()
        looked_up.register(self.gauges)
        return counted + generate_latest(looked_up)


def apart(page: MetricsPage) -> "WSGIApplication":
    """What is served at the port apart: `/metrics`, and nothing else."""

    def serve(environment: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        if environment["PATH_INFO"] != "/metrics" or environment["REQUEST_METHOD"] != "GET":
            start("404 Not Found", [("Content-Type", "text/plain")])
            return (b"not here\n",)
        if page.door.token and not page.door.admits(environment.get("HTTP_AUTHORIZATION", "")):
            start("401 Unauthorized", [("Content-Type", "text/plain"), ("WWW-Authenticate", "Bearer")])
            return (b"METRICS_TOKEN is wanted\n",)
        start("200 OK", [("Content-Type", KIND)])
        return (page.read(),)

    return serve


class MetricsPort:
    """The port apart, served by a thread of its own. Raises OSError where it cannot be had."""

    def __init__(self, page: MetricsPage) -> None:
        from bot.listening import Listener

        self._listener = Listener(apart(page), page.door.host, page.door.port, threads=1)
        self._thread = threading.Thread(target=self._listener.serve, name="metrics", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._listener.stop()
        self._thread.join()
