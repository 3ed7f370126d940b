"""Who somebody is, told by the city's identity provider.

The code flow of OpenID Connect Core 1.0 (section 3.1, https://openid.net/specs/openid-connect-core-1_0.html)
with discovery, PKCE (RFC 7636), state and nonce. Of what the provider says only issuer and subject are taken:
names and e-mail addresses can be given to another person later.
"""

import logging
import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from store.identities import Identity
from web.provider import Provider

log = logging.getLogger(__name__)

SECONDS: Final = (2.0, 4.0)
"""To connect to the provider, and to wait for each part of its answer."""
AT_ONCE: Final = 4
"""Requests to the provider at one time: one that hangs must not take every thread of the service."""
PATIENCE: Final = 1.0
"""Seconds that others wait for one of them."""
FOUND_FOR: Final = timedelta(hours=1)
"""How long what the provider published about itself is taken for true."""
LEEWAY: Final = 60
"""Seconds that the provider's clock and ours may differ."""
ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures by a key that only the provider has; `none` and those by a shared secret are not among them."""


class Problem(StrEnum):
    """Why nobody was told to be anybody."""

    AWAY = "away"
    """The provider cannot be reached, or answers with what is no answer."""
    REFUSED = "refused"
    """What came back is not what was asked for, or the provider does not take it; beginning anew may help."""


@dataclass(frozen=True, slots=True)
class Pending:
    """What the browser brings back, and what must fit to it."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class _Published:
    """What the provider says about itself."""

    authorization: str
    token: str
    keys: str
    basic: bool
    """Whether the secret goes into the header; else into the body."""
    until: datetime


class _AwayError(Exception):
    """The provider is away; the text is for the log."""


class Oidc:
    """Speaks to the provider. Safe to share between threads."""

    def __init__(self, provider: Provider, back: str) -> None:
        """`back` is the whole address to which the provider sends browsers back."""
        self._provider = provider
        self._back = back
        self._published: _Published | None = None
        self._keys: KeySet | None = None
        self._lines = threading.BoundedSemaphore(AT_ONCE)

    @property
    def proves_twice(self) -> bool:
        """Whether signing in there counts as shown a second factor."""
        return self._provider.second_factor

    @property
    def issuer(self) -> str:
        return self._provider.issuer

    def begin(self, now: datetime) -> tuple[str, Pending] | Problem:
        """Where to send the browser, and what it must keep."""
        pending = Pending(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))
        try:
            published = self._look_up(now)
        except _AwayError as error:
            log.warning("identity provider: %s", error)
            return Problem.AWAY
        with self._session(published) as session:
            address, _ = session.create_authorization_url(
                published.authorization,
                state=pending.state,
                nonce=pending.nonce,
                code_verifier=pending.verifier,
            )
        return str(address), pending

    def finish(self, code: str, pending: Pending, now: datetime) -> Identity | Problem:
        """Who came back with this code."""
        try:
            published = self._look_up(now)
            token = self._fetch_token(published, code, pending)
            return self._checked(published, token, pending, now)
        except _AwayError as error:
            log.warning("identity provider: %s", error)
            return Problem.AWAY
        except (OAuthError, JoseError) as error:
            # The code and the name of what is wrong; descriptions may hold what a person typed.
            log.warning(
                "identity provider refused or not trusted: %s", getattr(error, "error", "") or type(error)
            )
            return Problem.REFUSED

    def _look_up(self, now: datetime) -> _Published:
        if self._published is not None and now < self._published.until:
            return self._published
        address = self._provider.issuer.rstrip("/") + "/.well-known/openid-configuration"
        self._published = self._parse(self._get(address), now + FOUND_FOR)
        return self._published

    def _parse(self, said: Mapping[str, Any], until: datetime) -> _Published:
        if said.get("issuer") != self._provider.issuer:
            raise _AwayError(f"it calls itself {said.get('issuer')!r}, OIDC_ISSUER is another")
        methods = said.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        return _Published(
            self._address(said, "authorization_endpoint"),
            self._address(said, "token_endpoint"),
            self._address(said, "jwks_uri"),
            "client_secret_basic" in methods,
            until,
        )

    def _address(self, said: Mapping[str, Any], name: str) -> str:
        address = str(said.get(name, ""))
        if urlsplit(address).scheme not in ("https", urlsplit(self._provider.issuer).scheme):
            raise _AwayError(f"its {name} is no https address")
        return address

    def _fetch_token(self, published: _Published, code: str, pending: Pending) -> Mapping[str, Any]:
        with self._line(), self._session(published) as session:
            token: Mapping[str, Any] = session.fetch_token(
                published.token,
                grant_type="authorization_code",
                code=code,
                code_verifier=pending.verifier,
                redirect_uri=self._back,
                allow_redirects=False,
            )
        return token

    def _checked(
        self, published: _Published, token: Mapping[str, Any], pending: Pending, now: datetime
    ) -> Identity:
        """Checks the token as section 3.1.3.7 says; raises JoseError."""
        decoded = self._decoded(published, str(token.get("id_token", "")))
        provider = self._provider
        CodeIDToken(
            decoded.claims,
            decoded.header,
            {
                "iss": {"essential": True, "value": provider.issuer},
                "aud": {"essential": True, "value": provider.client_id},
                "sub": {"essential": True},
            },
            {
                "nonce": pending.nonce,
                "client_id": provider.client_id,
                "access_token": token.get("access_token"),
            },
        ).validate(now=int(now.timestamp()), leeway=LEEWAY)
        return Identity(provider.issuer, str(decoded.claims["sub"]))

    def _decoded(self, published: _Published, text: str) -> jwt.Token:
        fresh = self._keys is None
        keys = self._keys or self._fetch_keys(published)
        try:
            return jwt.decode(text, keys, algorithms=ALGORITHMS)
        except InvalidKeyIdError:
            if fresh:
                raise
            # The provider has changed its keys since they were fetched.
            return jwt.decode(text, self._fetch_keys(published), algorithms=ALGORITHMS)

    def _fetch_keys(self, published: _Published) -> KeySet:
        said = self._get(published.keys)
        try:
            self._keys = KeySet.import_key_set({"keys": [*said["keys"]]})
        except (JoseError, KeyError, TypeError, ValueError) as error:
            raise _AwayError("its keys cannot be read") from error
        return self._keys

    def _get(self, address: str) -> Mapping[str, Any]:
        with self._line(), requests.Session() as session:
            answer = session.get(address, timeout=SECONDS, allow_redirects=False)
            answer.raise_for_status()
            said = answer.json()
        if not isinstance(said, dict):
            raise _AwayError(f"no object at {address}")
        return said

    def _session(self, published: _Published) -> OAuth2Session:
        return OAuth2Session(
            self._provider.client_id,
            self._provider.client_secret,
            token_endpoint_auth_method="client_secret_basic" if published.basic else "client_secret_post",
            scope="openid",
            redirect_uri=self._back,
            code_challenge_method="S256",
            default_timeout=SECONDS,
        )

    @contextmanager
    def _line(self) -> Iterator[None]:
        """One of a few lines to the provider; what fails on it says that the provider is away."""
        if not self._lines.acquire(timeout=PATIENCE):
            raise _AwayError("too many are waiting for it")
        try:
            yield
        except (requests.RequestException, ValueError) as error:
            raise _AwayError(type(error).__name__) from error
        finally:
            self._lines.release()
