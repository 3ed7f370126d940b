"""Sends a notice to the address of a program that a section named, and to nothing else that the address could mean.

The host is looked up once; every address found must be public; the connection goes to the very address that was
checked, while name and certificate stay those of the host. Nothing is followed, and of the answer its status alone is
read, within a time for all of it.
"""

import contextlib
import hashlib
import hmac
import http.client
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import SplitResult, urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from bot.delivery import Delivered, Delivery, NotTaken, Unsure
from bot.public_addresses import Resolve, is_loopback, is_public, resolve
from store.contact_addresses import is_odd_number, is_url
from store.tellings import Problem, Why

CONNECT_SECONDS: Final = 5.0
ANSWER_SECONDS: Final = 10.0
"""For all of the answer, however slowly it drips."""
MOST_ADDRESSES: Final = 2
"""That are tried: one of each version of the protocol is the most that hosts commonly have."""
_NOT_NOW: Final = (408, 425, 429)


@dataclass(frozen=True, slots=True)
class Hook:
    """Where to, and how it can be known that it comes from here."""

    url: str
    secret: str


@dataclass(frozen=True, slots=True)
class Way:
    """How addresses are reached."""

    development: bool
    """Whether http, and this machine, may be named besides."""
    resolve: Resolve = resolve
    seconds: float = ANSWER_SECONDS


@dataclass(frozen=True, slots=True)
class Target:
    """What a URL comes to."""

    parts: SplitResult
    host: str
    port: int
    addresses: tuple[str, ...]
    """Checked; the connection goes to one of them and nowhere else."""


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Of a request: HMAC-SHA256 over the time, a dot and the body, in hexadecimal digits."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def refused(url: str, *, development: bool) -> Why | None:
    """What is wrong with an address as it is written; whether its host is public shows when it is sent to."""
    if not is_url(url, development=development):
        return Why.NOT_HTTPS
    return Why.NOT_PUBLIC if is_odd_number(urlsplit(url).hostname or "") else None


def send(hook: Hook, body: bytes, key: str, now: datetime, way: Way) -> Delivery:
    """Posts JSON, signed; what became of it. `key` is the same at each try, so that the receiver can tell."""
    target = find(hook.url, way)
    if isinstance(target, NotTaken):
        return target
    timestamp = str(int(now.timestamp()))
    headers = {
        "Host": target.parts.netloc,
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "helpdesk",
        "X-Helpdesk-Delivery": key,
        "X-Helpdesk-Timestamp": timestamp,
        "X-Helpdesk-Signature": f"v1={signature(hook.secret, timestamp, body)}",
    }
    return _post(target, body, headers, way)


def find(url: str, way: Way) -> Target | NotTaken:
    """Looks the host up, once."""
    if (why := refused(url, development=way.development)) is not None:
        return NotTaken(Problem(why), for_good=True)
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = tuple(way.resolve(host, port))
    except (OSError, UnicodeError):
        found = ()
    if not found:
        return NotTaken(Problem(Why.NO_SUCH_HOST))
    if not all(is_public(each) or (way.development and is_loopback(each)) for each in found):
        return NotTaken(Problem(Why.NOT_PUBLIC), for_good=True)
    return Target(parts, host, port, found[:MOST_ADDRESSES])


def _post(target: Target, body: bytes, headers: dict[str, str], way: Way) -> Delivery:
    connection = _connected(target)
    if isinstance(connection, NotTaken):
        return connection
    try:
        with _within(connection, way.seconds):
            connection.request("POST", _path(target.parts), body=body, headers=headers, preload_content=False)
            return _of(connection.getresponse().status)
    except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError, ValueError):
        return Unsure(Problem(Why.NO_ANSWER))
    finally:
        connection.close()


def _path(parts: SplitResult) -> str:
    """As it stands in the first line of the request, where it begins with a slash also before a mere query."""
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _connected(target: Target) -> HTTPConnection | NotTaken:
    """To the first of the checked addresses that takes a connection."""
    problem = Problem(Why.NO_ANSWER)
    for address in target.addresses:
        connection = _connection(target, address)
        try:
            connection.connect()
        except ssl.SSLCertVerificationError:
            problem = Problem(Why.CERTIFICATE)
        except (urllib3.exceptions.HTTPError, OSError):
            pass
        else:
            return connection
        connection.close()
    return NotTaken(problem)


def _connection(target: Target, address: str) -> HTTPConnection:
    """To a checked address; the certificate must be the host's."""
    if target.parts.scheme == "http":
        return HTTPConnection(address, target.port, timeout=CONNECT_SECONDS)
    context = ssl.create_default_context()
    return HTTPSConnection(
        address, target.port, timeout=CONNECT_SECONDS, server_hostname=target.host, ssl_context=context
    )


@contextlib.contextmanager
def _within(connection: HTTPConnection, seconds: float) -> Iterator[None]:
    """Ends the connection when the time is over: a timeout of the socket begins anew with each byte."""
    assert connection.sock is not None
    connection.sock.settimeout(seconds)
    timer = threading.Timer(seconds, _cut, (connection.sock,))
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _of(status: int) -> Delivery:
    if 200 <= status < 300:
        return Delivered()
    if 300 <= status < 400:
        return NotTaken(Problem(Why.REDIRECTS, status), for_good=True)
    if status >= 500 or status in _NOT_NOW:
        return NotTaken(Problem(Why.BUSY, status))
    return NotTaken(Problem(Why.REFUSED, status), for_good=True)
