"""Single sign-on, against a real provider, and against one that answers what no provider should."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from store.identities import Identity
from tests.web.provider import CLIENT, SECRET, RealProvider, ScriptedProvider, scripted
from web import oidc
from web.oidc import Oidc, Pending, Problem

BACK = "https://helpdesk.example.jp/login/sso/back"
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
PENDING = Pending("state", "nonce", "v" * 64)


@pytest.fixture
def provider() -> Iterator[ScriptedProvider]:
    with scripted() as provider:
        provider.token = lambda: provider.signed(claims(provider))
        yield provider


def claims(provider: ScriptedProvider, **others: Any) -> dict[str, Any]:
    """What a well-behaved provider says of Hanako."""
    usual = {
        "iss": provider.settings.issuer,
        "aud": CLIENT,
        "sub": "hanako",
        "nonce": PENDING.nonce,
        "iat": int(NOW.timestamp()),
        "exp": int(NOW.timestamp()) + 300,
    }
    return {name: value for name, value in {**usual, **others}.items() if value is not None}


def begun(client: Oidc, now: datetime = NOW) -> tuple[str, Pending]:
    found = client.begin(now)
    assert not isinstance(found, Problem)
    return found


# A real provider ------------------------------------------------------------------------------------


def test_who_signs_in_there_is_known_here(real_provider: RealProvider):
    now = datetime.now(UTC)
    client = Oidc(real_provider.settings, BACK)
    address, pending = begun(client, now)
    back = real_provider.sign_in(address, "hanako")
    assert back.startswith(BACK + "?")
    came = parse_qs(urlsplit(back).query)
    assert came["state"] == [pending.state]
    assert client.finish(came["code"][0], pending, now) == Identity(real_provider.settings.issuer, "hanako")
    assert client.finish(came["code"][0], pending, now) is Problem.REFUSED, "a code counts once"


@pytest.mark.parametrize("kept", ["nonce", "verifier"])
def test_another_browsers_code_is_of_no_use(real_provider: RealProvider, kept: str):
    """The nonce is in the token, the verifier fits to the challenge: both stay in the browser that began."""
    now = datetime.now(UTC)
    client = Oidc(real_provider.settings, BACK)
    address, pending = begun(client, now)
    code = parse_qs(urlsplit(real_provider.sign_in(address, "hanako")).query)["code"][0]
    _, another = begun(client, now)
    mixed = {name: getattr(another if name == kept else pending, name) for name in ("nonce", "verifier")}
    assert client.finish(code, Pending(pending.state, **mixed), now) is Problem.REFUSED


# What the provider is asked -------------------------------------------------------------------------


def test_each_beginning_has_secrets_of_its_own(provider):
    client = Oidc(provider.settings, BACK)
    (first, one), (second, other) = begun(client), begun(client)
    assert len({one.state, one.nonce, one.verifier, other.state, other.nonce, other.verifier}) == 6
    for address, pending in ((first, one), (second, other)):
        asked = {name: value for name, (value,) in parse_qs(urlsplit(address).query).items()}
        assert pending.verifier not in address
        assert (asked["state"], asked["nonce"]) == (pending.state, pending.nonce)
        assert {**asked, "state": "", "nonce": "", "code_challenge": ""} == {
            "response_type": "code", "client_id": CLIENT, "redirect_uri": BACK, "scope": "openid",
            "code_challenge_method": "S256", "state": "", "nonce": "", "code_challenge": "",
        }  # fmt: skip


@pytest.mark.parametrize(
    ("methods", "in_header"), [(None, True), (["client_secret_post"], False), (["client_secret_basic"], True)]
)
def test_the_secret_is_sent_as_the_provider_takes_it(provider, methods, in_header):
    provider.said = {"token_endpoint_auth_methods_supported": methods}
    assert Oidc(provider.settings, BACK).finish("c", PENDING, NOW) == Identity(
        provider.settings.issuer, "hanako"
    )
    ((header, body),) = provider.posted
    basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
    assert (header == f"Basic {basic}") is in_header
    assert ("client_secret" in parse_qs(body)) is not in_header
    assert parse_qs(body)["code_verifier"] == [PENDING.verifier]


def test_what_the_provider_publishes_is_asked_once_an_hour(provider):
    client = Oidc(provider.settings, BACK)
    for _ in range(3):
        begun(client)
    assert len(provider.asked) == 1
    begun(client, NOW + timedelta(hours=1))
    assert len(provider.asked) == 2


def test_new_keys_of_the_provider_are_taken_up(provider):
    client = Oidc(provider.settings, BACK)
    assert client.finish("c", PENDING, NOW) == Identity(provider.settings.issuer, "hanako")
    provider.key = RSAKey.generate_key(2048, {"kid": "second"})
    assert client.finish("c", PENDING, NOW) == Identity(provider.settings.issuer, "hanako")


# What is not believed -------------------------------------------------------------------------------

WRONG_CLAIMS: list[dict[str, Any]] = [
    {"iss": "https://another.example"}, {"iss": None}, {"aud": "another"}, {"aud": None}, {"sub": None},
    {"nonce": "another"}, {"nonce": None}, {"exp": int(NOW.timestamp()) - 61}, {"exp": None}, {"iat": None},
    {"iat": int(NOW.timestamp()) + 3600}, {"aud": ["another"], "azp": CLIENT}, {"azp": "another"},
    {"aud": [CLIENT, "another"]}, {"at_hash": "of-another-token"},
    {"exp": "tomorrow"}, {"sub": ""},
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG_CLAIMS, ids=str)
def test_a_token_for_somebody_or_something_else(provider, wrong):
    provider.token = lambda: provider.signed(claims(provider, **wrong))
    assert Oidc(provider.settings, BACK).finish("c", PENDING, NOW) is Problem.REFUSED


def test_a_little_difference_of_the_clocks_is_borne(provider):
    provider.token = lambda: provider.signed(claims(provider, exp=int(NOW.timestamp()) - 30))
    assert isinstance(Oidc(provider.settings, BACK).finish("c", PENDING, NOW), Identity)


def _unsigned(provider: ScriptedProvider) -> str:
    head, claimed = (json.dumps(part).encode() for part in ({"alg": "none"}, claims(provider)))
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in (head, claimed, b""))


def _by_the_shared_secret(provider: ScriptedProvider) -> str:
    key = OctKey.import_key(SECRET.encode().ljust(32), {"kid": "first"})
    return jwt.encode({"alg": "HS256", "kid": "first"}, claims(provider), key, algorithms=["HS256"])


def _by_another_key(provider: ScriptedProvider) -> str:
    return provider.signed(claims(provider), RSAKey.generate_key(2048, {"kid": "first"}))


def _by_an_unknown_key(provider: ScriptedProvider) -> str:
    return provider.signed(claims(provider), RSAKey.generate_key(2048, {"kid": "unknown"}))


def _changed(provider: ScriptedProvider) -> str:
    head, _, signature = provider.signed(claims(provider)).split(".")
    return ".".join((head, provider.signed(claims(provider, sub="taro")).split(".")[1], signature))


@pytest.mark.parametrize(
    "forged",
    [
        _unsigned, _by_the_shared_secret, _by_another_key, _by_an_unknown_key, _changed,
        lambda _: "", lambda _: "a.b.c", lambda _: "あ",
    ],
)  # fmt: skip
def test_a_forged_token(provider, forged):
    provider.token = lambda: forged(provider)
    assert Oidc(provider.settings, BACK).finish("c", PENDING, NOW) is Problem.REFUSED


@pytest.mark.parametrize("error", ["invalid_grant", "invalid_client", "server_error"])
def test_a_refusal_of_the_provider(provider, error):
    provider.answers["/token"] = (400, b'{"error": "%s"}' % error.encode())
    assert Oidc(provider.settings, BACK).finish("c", PENDING, NOW) is Problem.REFUSED


# A provider that is away ----------------------------------------------------------------------------

PUBLISHED = "/.well-known/openid-configuration"


@pytest.mark.parametrize("path", [PUBLISHED, "/token", "/keys"])
@pytest.mark.parametrize("answer", [(500, b"{}"), (503, b""), (200, b"<html>"), (200, b"[]"), (302, b"")])
def test_an_answer_that_is_none(provider, path, answer):
    provider.answers[path] = answer
    assert Oidc(provider.settings, BACK).finish("c", PENDING, NOW) is Problem.AWAY


def test_nobody_listens_there(provider):
    nowhere = type(provider.settings)("http://127.0.0.1:9", CLIENT, SECRET)
    assert Oidc(nowhere, BACK).begin(NOW) is Problem.AWAY


@pytest.mark.parametrize(
    "said",
    [
        {"issuer": "https://another.example"}, {"issuer": None}, {"token_endpoint": None},
        {"authorization_endpoint": "javascript:alert(1)"}, {"jwks_uri": "file:///etc/passwd"},
    ],
)  # fmt: skip
def test_a_provider_that_publishes_what_is_not_its_own(provider, said):
    provider.said = said
    assert Oidc(provider.settings, BACK).begin(NOW) is Problem.AWAY


def test_a_provider_that_comes_back_is_used_at_once(provider):
    provider.answers[PUBLISHED] = (503, b"")
    client = Oidc(provider.settings, BACK)
    assert client.begin(NOW) is Problem.AWAY
    del provider.answers[PUBLISHED]
    begun(client)


def test_a_provider_that_hangs_takes_a_few_threads_only_and_not_for_long(provider, monkeypatch):
    monkeypatch.setattr(oidc, "SECONDS", (0.5, 0.5))
    monkeypatch.setattr(oidc, "PATIENCE", 0.1)
    provider.seconds = 30
    client = Oidc(provider.settings, BACK)
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(client.begin(NOW))) for _ in range(12)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [Problem.AWAY] * 12
    assert len(provider.asked) <= oidc.AT_ONCE
    assert time.monotonic() - began < 15


def test_nothing_that_is_secret_is_logged(provider, caplog):
    caplog.set_level("DEBUG")
    provider.answers["/token"] = (
        400,
        b'{"error": "invalid_grant", "error_description": "hanako@example.jp"}',
    )
    client = Oidc(provider.settings, BACK)
    _, pending = begun(client)
    client.finish("the-code", pending, NOW)
    told = caplog.text
    assert "invalid_grant" in told
    for secret in (SECRET, pending.verifier, pending.nonce, "the-code", "hanako"):
        assert secret not in told


def test_the_secret_is_not_shown(provider):
    assert SECRET not in repr(provider.settings)
