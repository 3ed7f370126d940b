"""The city's mail server, as `SMTP_URL` names it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from store.contact_addresses import MAIL

THIS_MACHINE: Final = ("127.0.0.1", "localhost", "::1")
_FORM: Final = "smtp://USER:PASSWORD@HOST:PORT?from=ADDRESS"


class Tls(StrEnum):
    """How what goes to the server is kept from others."""

    AT_ONCE = "at_once"
    """From the first byte (smtps://)."""
    STARTTLS = "starttls"
    """After the greeting; a server that does not offer it is told nothing."""
    NONE = "none"
    """Not at all: within the city's own network."""


_PORTS: Final = {Tls.AT_ONCE: 465, Tls.STARTTLS: 587, Tls.NONE: 25}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in, and as whom."""

    host: str
    port: int
    tls: Tls
    sender: str
    user: str = ""
    """Empty: it asks nobody who they are."""
    password: str = field(default="", repr=False)


def read_mail_server(text: str) -> MailServer:
    """Raises ValueError saying what to mend, without the password."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise ValueError(f"must be of the form {_FORM}; what stands after the host is no port") from error
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path not in ("", "/"):
        raise ValueError(f"must be of the form {_FORM}, or begin with smtps://")
    given = _options(parts)
    tls = _tls(parts.scheme, given.get("tls"))
    sender = given.get("from", "")
    if not MAIL.fullmatch(sender):
        raise ValueError("must end in ?from=ADDRESS, the address that mail comes from")
    user, password = (unquote(each or "") for each in (parts.username, parts.password))
    if bool(user) != bool(password):
        raise ValueError("names a user without a password, or a password without a user")
    if not (user + password).isascii():
        raise ValueError("names a user or password with letters that mail servers do not take")
    if user and tls is Tls.NONE and parts.hostname not in THIS_MACHINE:
        raise ValueError("would send the password unencrypted: leave tls=none out, or the user and password")
    return MailServer(parts.hostname, port or _PORTS[tls], tls, sender, user, password)


def _options(parts: SplitResult) -> dict[str, str]:
    given = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
    if unknown := sorted(set(given) - {"from", "tls"}):
        raise ValueError(f"has {', '.join(unknown)} after the question mark; known are from and tls")
    return given


def _tls(scheme: str, given: str | None) -> Tls:
    if scheme == "smtps" and given is None:
        return Tls.AT_ONCE
    if scheme == "smtp" and given in (None, Tls.STARTTLS, Tls.NONE):
        return Tls(given or Tls.STARTTLS)
    raise ValueError("may say tls=starttls or tls=none after smtp:// and nothing after smtps://")
