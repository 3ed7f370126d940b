"""Which addresses a contact may have, by how they are written. Nobody is asked about them here."""

import re
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
MAIL: Final = re.compile(rf"(?=.{{1,64}}@){_ATOM}(\.{_ATOM})*@(?=.{{1,190}}$)[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
"""An address that every mail server takes: a dot-atom of RFC 5321, so no dot begins, ends or follows another before
the @, and a dot stands in its domain."""
LINE_GROUP: Final = re.compile(r"C[0-9a-f]{32}")
"""LINE's id of a group (https://developers.line.biz/en/docs/messaging-api/group-chats/)."""
MOST_URL: Final = 500
_NUMERIC: Final = re.compile(r"(0x[0-9a-f]*|[0-9]+)", re.IGNORECASE)


def is_url(url: str, *, development: bool) -> bool:
    """Whether it is an address of https, without a user, that says its host plainly; in development also of http."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    plain = parts.scheme == "http" and development
    if not host or not (plain or parts.scheme == "https") or parts.username is not None:
        return False
    return len(url) <= MOST_URL and url.isascii() and url.isprintable() and " " not in url


def is_odd_number(host: str) -> bool:
    """Whether a host is an IPv4 address in another form than four decimal numbers, as 2130706433 or 0x7f.1.

    The last label decides, as in the URL standard (https://url.spec.whatwg.org/#ends-in-a-number-checker): no name of
    the internet ends in a number.
    """
    if not _NUMERIC.fullmatch(host.rstrip(".").rpartition(".")[2]):
        return False
    try:
        ip_address(host)
    except ValueError:
        return True
    return False
