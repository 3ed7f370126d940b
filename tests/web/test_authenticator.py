"""Codes of the authenticator app, beside the vectors of RFC 6238 and around their own half-minute."""

import base64
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from tests.conftest import NOON
from web.authenticator import address, grouped, new_secret, picture, step_of

RFC = base64.b32encode(b"12345678901234567890").decode()
STEP = timedelta(seconds=30)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
    ],
)
def test_the_vectors_of_the_rfc(seconds, code):
    """Appendix B, of which an app shows the last six digits."""
    assert step_of(RFC, code, datetime.fromtimestamp(seconds, UTC)) == seconds // 30


@pytest.mark.parametrize(("steps", "counts"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_how_far_the_telephones_clock_may_be_off(steps, counts):
    code = pyotp.TOTP(RFC).at(NOON + steps * STEP)
    found = step_of(RFC, code, NOON)
    assert found == (int(NOON.timestamp()) // 30 + steps if counts else None)


@pytest.mark.parametrize("typed", ["{0}", " {0} ", "{1} {2}", "{1}　{2}"])
def test_however_it_is_typed(typed):
    code = pyotp.TOTP(RFC).at(NOON)
    assert step_of(RFC, typed.format(code, code[:3], code[3:]), NOON) is not None


def test_in_full_width():
    code = pyotp.TOTP(RFC).at(NOON)
    assert (
        step_of(RFC, code.translate({ord(str(n)): "０１２３４５６７８９"[n] for n in range(10)}), NOON)
        is not None
    )


@pytest.mark.parametrize("typed", ["", "0", "000000", "あいうえおか", "\ud800", "1" * 10_000])
def test_what_is_no_code(typed):
    assert step_of(RFC, typed, NOON) is None


def test_a_secret_is_long_and_new():
    assert len(base64.b32decode(new_secret())) == 20
    assert new_secret() != new_secret()


def test_what_the_app_reads():
    parsed = pyotp.parse_uri(address(RFC, "hanako", "熊本市 問い合わせ窓口"))
    assert (parsed.secret, parsed.name, parsed.issuer) == (RFC, "hanako", "熊本市 問い合わせ窓口")
    assert grouped("ABCDEFGHIJ") == "ABCD EFGH IJ"


def test_the_picture_stands_in_a_page_without_a_style_of_its_own():
    svg = picture("otpauth://totp/x?secret=A", "<title>")
    assert svg.startswith("<svg")
    assert "&lt;title&gt;" in svg
    assert "style" not in svg
