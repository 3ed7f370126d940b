"""Bytes to the service as anybody on the network can send them: no client that would mend them first."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.listening import Listener
from tests.line import Service, signature
from tests.service import free_port

PATIENCE = 20.0
"""Seconds at most for an answer: the server answers what it refuses at once."""


@dataclass(frozen=True, slots=True)
class Wire:
    """The service behind its own web server."""

    service: Service
    port: int

    def send(self, *pieces: bytes, ends: bool = True) -> int:
        """The status that comes back; 0 where the connection is closed without. `ends`: nothing more will come."""
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE) as line:
            for piece in pieces:
                line.sendall(piece)
            if ends:
                line.shutdown(socket.SHUT_WR)
            return _status(line)


def _status(line: socket.socket) -> int:
    heard = b""
    try:
        while b"\r\n" not in heard and (more := line.recv(4096)):
            heard += more
    except ConnectionError:
        return 0
    return int(heard.split()[1]) if heard else 0


@contextmanager
def listening(service: Service) -> Iterator[Wire]:
    """The service's application behind Waitress, as `bot run` starts it."""
    listener = Listener(service.app, "127.0.0.1", port := free_port())
    thread = threading.Thread(target=listener.serve)
    thread.start()
    try:
        yield Wire(service, port)
    finally:
        listener.stop()
        thread.join()


def request(
    body: bytes, *lines: str, method: str = "POST", path: str = "/callback", measured: bool = True
) -> bytes:
    """A request with these header lines, and the length of its body where it is `measured`."""
    length = [f"Content-Length: {len(body)}"] if measured else []
    head = "\r\n".join([f"{method} {path} HTTP/1.1", "Host: helpdesk", *lines, *length, "Connection: close"])
    return head.encode("latin-1") + b"\r\n\r\n" + body


def signed(body: bytes) -> str:
    """The header line with which LINE sends a body."""
    return f"X-Line-Signature: {signature(body)}"


def chunked(body: bytes, size: int = 100) -> bytes:
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
