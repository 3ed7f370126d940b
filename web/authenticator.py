"""The authenticator app: codes of six digits that change every 30 seconds (TOTP, RFC 6238)."""

import hmac
from datetime import datetime

import pyotp
import segno
from markupsafe import Markup

from nlp.width import nfkc

DRIFT = 1
"""A code counts for so many steps before and after its own: telephones' clocks are not exact (RFC 6238, 5.2)."""


def new_secret() -> str:
    """160 random bits in base32, as RFC 4226 recommends."""
    return pyotp.random_base32()


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The number of the step of 30 seconds that a code belongs to; None for a wrong code."""
    totp = pyotp.TOTP(secret)
    typed = "".join(nfkc(code).split()).encode("utf-8", "surrogatepass")
    present = totp.timecode(now)
    steps = range(present - DRIFT, present + DRIFT + 1)
    return next(
        (step for step in steps if hmac.compare_digest(totp.generate_otp(step).encode(), typed)), None
    )


def address(secret: str, name: str, issuer: str) -> str:
    """What the app reads: an otpauth address (Google Authenticator's Key URI Format)."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def picture(text: str, title: str) -> Markup:
    """A QR code as SVG to stand in a page; without a style of its own."""
    svg = segno.make(text, error="m", micro=False).svg_inline(
        scale=5, border=4, dark="#000", light="#fff", svgclass="qr-code", lineclass=None, title=title
    )
    return Markup(svg)  # noqa: S704 - segno escapes the title, and all else is its own


def grouped(secret: str) -> str:
    """The secret in groups of four, to be typed."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
