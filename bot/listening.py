"""The web server: answers until it is told to stop, and then ends in good order."""

import threading
import time
from typing import TYPE_CHECKING, Any

import waitress
from waitress import wasyncore

from web.pictures import MOST_SENT

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

THREADS = 16
"""A request holds one for a few milliseconds, the simulator's long polls for some seconds."""
CONNECTIONS = 1000
MOST_BYTES = MOST_SENT + 1024 * 1024
"""Of any request: what is more is refused before it fills the disk. The largest form, and what is around its files."""
GRACE_SECONDS = 15.0
"""How long requests that were begun may take to their end once the service is told to stop."""
WAKES_SECONDS = 1.0
SETTLES_SECONDS = 0.02


class Listener:
    """Waitress at an address.

    Its own loop goes on for as long as any connection is open, and a platform or a proxy keeps its connections open:
    so this one closes idle connections when told to stop, and waits for the busy ones alone.

    Raises OSError where the address cannot be had.
    """

    def __init__(self, application: "WSGIApplication", host: str, port: int, threads: int = THREADS) -> None:
        self._sockets: dict[int, Any] = {}
        self._server: Any = waitress.create_server(
            application,
            map=self._sockets,
            host=host,
            port=port,
            threads=threads,
            connection_limit=CONNECTIONS,
            max_request_body_size=MOST_BYTES,
            ident="",
            clear_untrusted_proxy_headers=False,  # the application believes as many as TRUSTED_PROXIES says
        )
        self._told = threading.Event()

    def stop(self) -> None:
        """Tells the listener to end; may be called from a signal handler, and more than once."""
        if not self._told.is_set():
            self._told.set()
            self._server.pull_trigger()

    def serve(self) -> None:
        """Answers until `stop`; begun requests are answered, up to `GRACE_SECONDS`."""
        while not self._told.is_set():
            self._turn(WAKES_SECONDS)
        wasyncore.dispatcher.close(self._server)
        until = time.monotonic() + GRACE_SECONDS
        while self._server.active_channels and time.monotonic() < until:
            self._dismiss_idle()
            self._turn(SETTLES_SECONDS)
        self._server.task_dispatcher.shutdown()
        wasyncore.close_all(self._sockets)

    def _turn(self, seconds: float) -> None:
        wasyncore.loop(timeout=seconds, use_poll=True, map=self._sockets, count=1)

    def _dismiss_idle(self) -> None:
        for connection in self._server.active_channels.values():
            if not connection.requests:
                connection.close_when_flushed = True
