"""What every answer tells the browser."""

import pytest

from web.headers import STRICT_TRANSPORT

PATHS = ("/login", "/home", "/nowhere", "/healthz", "/callback")


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_guarded(pages, path):
    headers = pages.visitor().client.get(path).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "data:"}.isdisjoint(
        word for words in policy.values() for word in words.split()
    )
    assert not any(".example" in words or "://" in words for words in policy.values()), "no other hosts"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize(
    ("public_url", "strict"),
    [("https://helpdesk.example.jp", STRICT_TRANSPORT), ("http://127.0.0.1:8000", None)],
)
def test_who_came_over_https_comes_so_again(make, sqlite, public_url, strict):
    headers = make(sqlite, public_url=public_url).visitor().client.get("/login").headers
    assert headers.get("Strict-Transport-Security") == strict


def test_files_of_the_pages_are_kept_by_browsers(pages):
    visitor = pages.visitor()
    address = visitor.get("/login").text.split('rel="stylesheet" href="')[1].split('"')[0]
    assert "immutable" in visitor.get(address).headers["Cache-Control"]
