"""A program of a section's that is told over HTTP, on this machine, over real sockets."""

import contextlib
import http.server
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus


@dataclass(frozen=True)
class Heard:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """What was heard, and how it is answered."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drips: bool = False
    """Whether the answer comes a letter at a time, for some seconds."""
    hangs_up: bool = False
    tls: ssl.SSLContext | None = None
    heard: list[Heard] = field(default_factory=list)
    port: int = 0
    over: threading.Event = field(default_factory=threading.Event)


class _Handler(http.server.BaseHTTPRequestHandler):
    server: "_Server"

    def do_POST(self) -> None:
        receiver = self.server.receiver
        body = self.rfile.read(int(self.headers["Content-Length"]))
        receiver.heard.append(Heard(self.path, dict(self.headers), body))
        if receiver.hangs_up:
            return
        if receiver.drips:
            self._drip()
            return
        self.send_response(HTTPStatus(receiver.status))
        for name, value in receiver.headers.items():
            self.send_header(name, value)
        self.end_headers()

    do_GET = do_POST  # noqa: N815 - as the base class has it

    def _drip(self) -> None:
        self.wfile.write(b"HTTP/1.1")
        for _ in range(100):
            self.wfile.write(b" ")
            if self.server.receiver.over.wait(0.02):
                break
        self.wfile.write(b"200 OK\r\n\r\n")

    def log_message(self, *args: object) -> None:
        """Tests are quiet."""


class _Server(http.server.ThreadingHTTPServer):
    def __init__(self, receiver: Receiver) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.receiver = receiver

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up, as a test wants it to, is no error."""


@contextlib.contextmanager
def nobody() -> Iterator[int]:
    """A port at which nobody listens, and which nobody else can take meanwhile."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@contextlib.contextmanager
def receiving(receiver: Receiver) -> Iterator[Receiver]:
    """The program while it listens, at a port that was free."""
    with _Server(receiver) as server:
        receiver.port = server.server_address[1]
        if receiver.tls is not None:
            server.socket = receiver.tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield receiver
        finally:
            receiver.over.set()
            server.shutdown()
            thread.join()
