"""Serves the platform double: within the service's web application, or by itself for tests, with faults."""

import itertools
import threading
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import assert_never

import flask

from bot.platform import Platform
from bot.platform.api import answer, note
from bot.platform.http import Answer, Request
from web.rule import MACHINES, page

LONGEST_HOLD = 30.0
"""Seconds that a held request waits at most, so that a failing test ends."""


def create_platform(platform: Platform) -> flask.Blueprint:
    """The API as part of a web application, at `/simulator/line`."""
    blueprint = flask.Blueprint("platform", __name__, url_prefix="/simulator/line")

    @page(blueprint, "/<path:path>", MACHINES, methods=("GET", "POST", "DELETE"))
    def call(path: str) -> flask.Response:
        incoming = flask.request
        headers = {name.lower(): value for name, value in incoming.headers.items()}
        query = incoming.query_string.decode("ascii", "replace")
        request = Request(incoming.method, f"/{path}", headers, incoming.get_data(), query)
        given = answer(platform, request)
        note(platform, request, given.status, took_effect=given.status < 300)
        return flask.Response(given.body, given.status, dict(given.headers))

    return blueprint


# Faults -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fails:
    """Answers with a status of its own, having acted on the request or not."""

    status: int
    after_effect: bool = False
    path: str = ""
    """Waits for a request whose path starts so."""


@dataclass(frozen=True, slots=True)
class Drops:
    """Closes the connection without a word, having acted on the request or not."""

    after_effect: bool = False
    path: str = ""


@dataclass(frozen=True, slots=True)
class Holds:
    """Waits for `until`, then acts and answers as usual."""

    until: threading.Event
    path: str = ""


Fault = Fails | Drops | Holds


class Server:
    """A platform that listens on the loopback, or at another address of this machine."""

    def __init__(self, platform: Platform, port: int, host: str = "127.0.0.1", *, one_in: int = 1) -> None:
        """`one_in`: of so many bodies one is held against what LINE takes; 1: each."""
        self._platform = platform
        self._one_in, self._number = one_in, itertools.count()
        self._faults: list[Fault] = []
        self._lock = threading.Lock()
        self._http = _Http(self, host, port)
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, name="platform", daemon=True
        )
        self._thread.start()

    @property
    def address(self) -> str:
        """What the SDK is given as `host`."""
        host, port = self._http.server_address[:2]
        return f"http://{host!s}:{port}"

    def fail_next(self, *faults: Fault) -> None:
        """Let the next requests meet these faults, one each."""
        with self._lock:
            self._faults.extend(faults)

    def close(self) -> None:
        """Stop listening."""
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def respond(self, request: Request) -> Answer | None:
        """What the client gets to see; None where the connection is to be dropped."""
        request = replace(request, is_checked=next(self._number) % self._one_in == 0)
        fault = self._fault_for(request.path)
        if isinstance(fault, Holds):
            fault.until.wait(LONGEST_HOLD)
        acts = not isinstance(fault, Fails | Drops) or fault.after_effect
        given = answer(self._platform, request) if acts else None
        seen = _seen_through(fault, given)
        took_effect = given is not None and given.status < 300
        note(self._platform, request, seen.status if seen else 0, took_effect=took_effect)
        return seen

    def _fault_for(self, path: str) -> Fault | None:
        with self._lock:
            for fault in self._faults:
                if path.startswith(fault.path):
                    self._faults.remove(fault)
                    return fault
        return None


def _seen_through(fault: Fault | None, given: Answer | None) -> Answer | None:
    match fault:
        case Fails(status):
            return Answer(status, b'{"message": "Failed to send messages"}')
        case Drops():
            return None
        case Holds() | None:
            return given
        case _:
            assert_never(fault)


def serve(platform: Platform, port: int = 0) -> Server:
    """Serve the API by itself on 127.0.0.1, in a thread; port 0 takes a free one."""
    return Server(platform, port)


class _Http(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, server: Server, host: str, port: int) -> None:
        self.server = server
        super().__init__((host, port), _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one segment an answer: unbuffered, Nagle and delayed acknowledgement cost 40 ms a request

    server: _Http

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        path, _, query = self.path.partition("?")
        given = self.server.server.respond(Request(self.command, path, headers, body, query))
        if given is None:
            self.close_connection = True
            return
        self.send_response(given.status)
        for name, value in {**given.headers, "Content-Length": str(len(given.body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(given.body)

    do_GET = do_POST = do_DELETE = _serve  # noqa: N815 - the names that http.server looks for

    def log_message(self, *_: object) -> None:
        """Say nothing: `Platform.calls` is the log."""
