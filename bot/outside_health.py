"""What `doctor` says of the address by which residents and LINE come: whether it answers, and its certificate."""

import http.client
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from bot.findings import Finding

EXPIRES: Final = timedelta(days=14)
"""So long before its end a certificate should have been renewed."""
_SECONDS: Final = 5.0


def look(public_url: str, hops: int, now: datetime) -> Iterator[Finding]:
    """`hops`: TRUSTED_PROXIES. Nothing is asked where the address is this machine's own, without TLS."""
    if not public_url.startswith("https://"):
        return
    if not hops:
        told = "a proxy must stand in front of the service for https, and TRUSTED_PROXIES is 0"
        yield Finding(False, f"proxy: {told}: all visitors count as one, and share its limit of sign-ins")
    yield _reached(public_url, now)


def _reached(public_url: str, now: datetime) -> Finding:
    where = urlsplit(public_url)
    connection = http.client.HTTPSConnection(where.hostname or "", where.port or 443, timeout=_SECONDS)
    try:
        connection.connect()
        until = _valid_until(connection.sock)
        connection.request("GET", f"{where.path}/healthz")
        status = connection.getresponse().status
    except ssl.SSLCertVerificationError as error:
        return Finding(False, f"PUBLIC_URL: the certificate is not taken ({error.verify_message}); renew it")
    except (OSError, http.client.HTTPException) as error:
        told = f"{public_url} does not answer from this machine ({type(error).__name__})"
        return Finding(False, f"PUBLIC_URL: {told}; are the proxy, its certificate and the name right?")
    finally:
        connection.close()
    return _told(public_url, status, until, now)


def _told(public_url: str, status: int, until: datetime, now: datetime) -> Finding:
    if status != 200:
        told = f"{public_url}/healthz answers {status}"
        return Finding(False, f"PUBLIC_URL: {told}; does the proxy lead to this service, and does it run?")
    days = (until - now) // timedelta(days=1)
    told = f"PUBLIC_URL: answers; its certificate holds for {days} days"
    return Finding(until - now > EXPIRES, told if until - now > EXPIRES else f"{told}: renew it")


def _valid_until(connection: ssl.SSLSocket) -> datetime:
    certificate = connection.getpeercert()
    assert certificate is not None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(certificate["notAfter"])), UTC)
