"""Where what is sent comes from, as the browser itself tells it: a form of another site is refused, token or not.

Browsers say it of every request in `Sec-Fetch-Site` (W3C Fetch Metadata) over HTTPS and on this machine; elsewhere,
and older ones, in `Origin`, which our own pages make `null`: they tell nobody where they are (`Referrer-Policy`).
"""

from typing import Final
from urllib.parse import urlsplit

import flask

from web.site import site

_OWN: Final = frozenset({"same-origin", "none"})
_UNSAID: Final = frozenset({"", "null"})


def is_from_elsewhere() -> bool:
    """Whether the browser says that another site's page sent this."""
    headers = flask.request.headers
    fetched = headers.get("Sec-Fetch-Site", "")
    if fetched:
        return fetched not in _OWN
    origin = headers.get("Origin", "")
    return origin not in _UNSAID and _host(origin) not in (_host(site().public_url), flask.request.host)


def _host(address: str) -> str:
    """Name and port; which scheme it was, a proxy before us may have changed."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""
