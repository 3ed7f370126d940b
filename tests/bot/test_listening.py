import http.client
import socket
import threading
from contextlib import contextmanager

import pytest

from bot.listening import MOST_BYTES, Listener
from tests.service import free_port


class Slow:
    """An application that answers when it is let."""

    def __init__(self):
        self.begun = threading.Event()
        self.let = threading.Event()

    def __call__(self, environ, start_response):
        if environ["PATH_INFO"] == "/slow":
            self.begun.set()
            assert self.let.wait(20)
        start_response("200 OK", [("Content-Length", "4")])
        return [b"done"]


@contextmanager
def listening(application):
    """A listener that serves, its port, and the thread it serves in."""
    port = free_port()
    listener = Listener(application, "127.0.0.1", port)
    thread = threading.Thread(target=listener.serve)
    thread.start()
    try:
        yield listener, port, thread
    finally:
        listener.stop()
        thread.join(20)


def asked(connection, path):
    connection.request("GET", path)
    return connection.getresponse().read()


def until_refused(port):
    """Returns when nobody new is let in; while the listener ends, a connection may hang or be cut off."""
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except ConnectionRefusedError:
            return
        except (TimeoutError, ConnectionResetError):
            continue


@pytest.fixture
def application():
    return Slow()


def test_connections_that_are_kept_open_do_not_hold_it_back(application):
    with listening(application) as (listener, port, thread):
        kept = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        assert asked(kept, "/") == b"done"
        listener.stop()
        thread.join(10)
        assert not thread.is_alive()
        kept.close()


def test_what_was_begun_is_answered_and_nobody_new_is_let_in(application):
    with listening(application) as (listener, port, thread):
        begun = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        begun.request("GET", "/slow")
        assert application.begun.wait(20)
        listener.stop()
        until_refused(port)
        application.let.set()
        assert begun.getresponse().read() == b"done"
        begun.close()
        thread.join(10)
        assert not thread.is_alive()


def test_told_to_stop_twice(application):
    with listening(application) as (listener, _, thread):
        listener.stop()
        listener.stop()
        thread.join(10)
        assert not thread.is_alive()


def test_more_than_any_form_has_is_refused_before_it_is_sent(application):
    with listening(application) as (_, port, _), socket.create_connection(("127.0.0.1", port), 20) as raw:
        head = f"POST /voices/new HTTP/1.1\r\nHost: x\r\nContent-Length: {MOST_BYTES + 1}\r\n\r\n"
        raw.sendall(head.encode())
        assert raw.recv(100).startswith(b"HTTP/1.1 413 ")
