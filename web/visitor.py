"""The visitor as the network shows them: an address to count by, and what their browser says that it is."""

import ipaddress

import flask

from web.site import site

_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)
_BROWSERS = (
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
"""The mark in a User-Agent header, and what it stands for; the first that is there counts."""


def address() -> str:
    """Whose tries are counted together: an IPv4 address, or the /64 of IPv6 that one customer has."""
    text = flask.request.remote_addr or ""
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return text
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.IPv6Network((found, 64), strict=False))


def device() -> str:
    """What the browser says that it is, to be kept with a session."""
    return flask.request.user_agent.string


def device_name(said: str) -> str:
    """What a User-Agent header names, for people: 「Windows の Edge」."""
    names = {"system": _first(_SYSTEMS, said), "browser": _first(_BROWSERS, said)}
    match names:
        case {"system": "", "browser": ""}:
            return site().say("devices.unknown")
        case {"system": ""}:
            return names["browser"]
        case {"browser": ""}:
            return names["system"]
    return site().say("devices.both", **names)


def _first(marks: tuple[tuple[str, str], ...], said: str) -> str:
    return next((name for mark, name in marks if mark in said), "")
