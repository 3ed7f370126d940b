"""To which addresses the service may be sent by what somebody typed: those of the public internet alone.

What is refused is IANA's special-purpose registries, all multicast, and each IPv6 form that carries an IPv4 address
within, which a router or the machine itself could unpack.
"""

import socket
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

Resolve = Callable[[str, int], Iterable[str]]
"""The addresses of a host, as text. Raises OSError where it has none."""

_REFUSED_4: Final = tuple(
    ip_network(each)
    for each in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
_GLOBAL_6: Final = IPv6Network("2000::/3")
"""All that is given out for the public internet (RFC 4291, 2.4); loopback, private and embedded ones lie outside."""
_REFUSED_6: Final = tuple(
    IPv6Network(each)
    for each in (
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
    )
)
"""Within it: protocols (Teredo among them), examples, and 6to4."""


def is_public(text: str) -> bool:
    """Whether an address is one of the public internet. Raises ValueError for what is no address."""
    address = ip_address(text)
    match address:
        case IPv4Address():
            return not any(address in each for each in _REFUSED_4)
        case IPv6Address():
            within = address in _GLOBAL_6 and address.scope_id is None
            return within and not any(address in each for each in _REFUSED_6)


def is_loopback(text: str) -> bool:
    """Whether it is this machine."""
    return ip_address(text).is_loopback


def resolve(host: str, port: int) -> Iterable[str]:
    """As this machine does."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return dict.fromkeys(str(each[4][0]) for each in found)
