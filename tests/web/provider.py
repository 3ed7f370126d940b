"""Identity providers for tests: a real one in a process of its own, and one that says what it is told to.

`python -m tests.web.provider PORT` serves oidc-provider-mock, which does not know PKCE; a layer before it does:
it demands a challenge (RFC 7636, S256) with each authorization, and the verifier that fits to it with each code.
"""

import base64
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from tests.service import free_port
from web.provider import Provider

READY_WITHIN = 30.0
CLIENT = "helpdesk"
SECRET = "a secret of the two"


@dataclass
class RealProvider:
    """oidc-provider-mock over HTTP on this machine."""

    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def settings(self) -> Provider:
        return Provider(f"http://127.0.0.1:{self.port}", CLIENT, SECRET)

    def start(self) -> None:
        command = [sys.executable, "-W", "ignore", "-m", "tests.web.provider", str(self.port)]
        environment = {**os.environ, "AUTHLIB_INSECURE_TRANSPORT": "1"}
        self.process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        until = time.monotonic() + READY_WITHIN
        while not self._answers():
            assert time.monotonic() < until, "the provider does not start"

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self.settings.issuer}/jwks", timeout=5).ok
        except requests.ConnectionError:
            return False

    def sign_in(self, address: str, subject: str) -> str:
        """What a person does at the provider's page; where it sends the browser then."""
        return self._press(address, {"sub": subject})

    def deny(self, address: str) -> str:
        """The person presses cancel there."""
        return self._press(address, {"action": "deny"})

    def _press(self, address: str, form: dict[str, str]) -> str:
        answer = requests.post(address, data=form, timeout=5, allow_redirects=False)
        assert answer.status_code in (302, 303), answer.text
        return answer.headers["Location"]

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


class WithPkce:
    """A WSGI layer that demands PKCE of the provider within."""

    def __init__(self, within: Callable[..., Any]) -> None:
        self.within = within
        self.challenges: dict[str, str] = {}

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        path, query = environ["PATH_INFO"], parse_qs(environ["QUERY_STRING"])
        if path == "/oauth2/authorize":
            challenge = query.get("code_challenge", [""])[0]
            if query.get("code_challenge_method") != ["S256"] or len(challenge) != 43:
                start("400 Bad Request", [])
                return [b"no challenge"]
            return self.within(environ, self._noting(challenge, start))
        if path == "/oauth2/token" and not self._fits(environ):
            start("400 Bad Request", [("Content-Type", "application/json")])
            return [b'{"error": "invalid_grant"}']
        return self.within(environ, start)

    def _noting(self, challenge: str, start: Callable[..., Any]) -> Callable[..., Any]:
        def noting(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            if code := re.search(r"[?&]code=([^&]+)", dict(headers).get("Location", "")):
                self.challenges[code[1]] = challenge
            return start(status, headers, *more)

        return noting

    def _fits(self, environ: dict[str, Any]) -> bool:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        environ["wsgi.input"] = io.BytesIO(body)
        form = parse_qs(body.decode())
        verifier = form.get("code_verifier", [""])[0]
        digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        return self.challenges.get(form.get("code", [""])[0]) == digest


@dataclass
class ScriptedProvider:
    """Says what it is told to, well signed; for the answers that a real provider never gives."""

    port: int = 0
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "first"}))
    said: dict[str, Any] = field(default_factory=dict)
    """What is published, over the usual."""
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    """Status and body by path, instead of the usual."""
    token: Callable[[], str] = lambda: ""
    seconds: float = 0.0
    """How long each answer takes."""
    asked: list[str] = field(default_factory=list)
    posted: list[tuple[str | None, str]] = field(default_factory=list)
    """Authorization header and body of each request for a token."""

    @property
    def settings(self) -> Provider:
        return Provider(f"http://127.0.0.1:{self.port}", CLIENT, SECRET)

    def signed(self, claims: dict[str, Any], key: RSAKey | None = None, algorithm: str = "RS256") -> str:
        by = key or self.key
        return jwt.encode({"alg": algorithm, "kid": by.kid}, claims, by, algorithms=[algorithm])

    def answer(self, path: str) -> tuple[int, bytes]:
        issuer = self.settings.issuer
        published = {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/keys",
            **self.said,
        }
        usual: dict[str, Any] = {
            "/.well-known/openid-configuration": published,
            "/keys": KeySet([self.key]).as_dict(private=False),
            "/token": {"access_token": "a", "token_type": "Bearer", "id_token": self.token()},
        }
        return self.answers.get(path) or (200, json.dumps(usual[path]).encode())


@contextmanager
def scripted() -> Iterator[ScriptedProvider]:
    """A scripted provider on a port of its own."""
    provider = ScriptedProvider()
    stopping = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            provider.asked.append(urlsplit(self.path).path)
            stopping.wait(provider.seconds)
            status, body = provider.answer(urlsplit(self.path).path)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            provider.posted.append((self.headers["Authorization"], body))
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

        def handle(self) -> None:
            with suppress(BrokenPipeError, ConnectionResetError):  # who asked did not wait for the answer
                super().handle()

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        provider.port = http.server_address[1]
        thread = threading.Thread(target=http.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield provider
        finally:
            stopping.set()
            http.shutdown()
            thread.join()


if __name__ == "__main__":
    from oidc_provider_mock import app
    from werkzeug.serving import run_simple

    run_simple("127.0.0.1", int(sys.argv[1]), WithPkce(app(require_nonce=True)), threaded=True)
