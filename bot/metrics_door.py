"""Who may read the metrics: with a token at the service's own address, or from this machine at a port apart."""

import hmac
import ipaddress
from dataclasses import dataclass
from typing import Final

LOOPBACK: Final = "127.0.0.1"
_SHORTEST: Final = 16
"""Letters of a token: what is shorter could be tried out."""


@dataclass(frozen=True, slots=True)
class MetricsDoor:
    """Where and to whom the metrics are shown."""

    token: str = ""
    """Empty: at the service's own address to nobody, at the port to this machine."""
    host: str = LOOPBACK
    port: int = 0
    """0: no port apart."""

    @property
    def where(self) -> str:
        """The port apart, as it stands in an address."""
        return f"{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    def admits(self, authorization: str) -> bool:
        """Whether a header proves that somebody knows the token."""
        kind, _, given = authorization.partition(" ")
        known = kind.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), self.token.encode())
        return bool(self.token) and known


CLOSED: Final = MetricsDoor()


def read_door(port: str, token: str, wrong: list[str]) -> MetricsDoor:
    """METRICS_PORT as `9464` or `10.0.0.5:9464`, and METRICS_TOKEN; what is wrong is added to `wrong`."""
    host, _, number = port.rpartition(":")
    host = host.strip("[]") or LOOPBACK
    if token and (len(token) < _SHORTEST or not token.isascii() or not token.isprintable() or " " in token):
        wrong.append(f"METRICS_TOKEN must be {_SHORTEST} letters and digits or more, without spaces")
    if not port:
        return MetricsDoor(token)
    if not number.isdecimal() or not 0 < int(number) < 65536 or not _is_address(host):
        wrong.append("METRICS_PORT must be a port, as 9464, or an address and a port, as 10.0.0.5:9464")
        return MetricsDoor(token)
    if not ipaddress.ip_address(host).is_loopback and not token:
        wrong.append("METRICS_PORT is open to other machines: set METRICS_TOKEN, which Prometheus sends")
    return MetricsDoor(token, host, int(number))


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
