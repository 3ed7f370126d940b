"""What no answer of the service may hold, whoever looks: anything inline, anything from elsewhere, anything kept."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

from werkzeug.test import TestResponse

from web.headers import HEADERS

_LOADS = {"src", "href", "action", "formaction", "srcset", "poster", "data", "background", "manifest"}
_LEADS = {"a"}
"""Elements whose address is followed only by who presses it; a press may lead to other hosts."""


_FOR_ALL = ("/opendata/", "/voices.", "/voices/figures.csv", "/collaborations.csv")
"""Files that hold nothing of anybody's: shared caches keep them, and other sites show them."""
_EXPECTED = [(name, value) for name, value in HEADERS.items() if name != "Cache-Control"]


class _Faults(HTMLParser):
    """What is wrong with a page under a strict policy."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = dict(attributes)
        if tag in ("script", "style") and "src" not in named:
            self.found.append(f"inline <{tag}>")
        if tag in ("iframe", "object", "embed", "base", "frame"):
            self.found.append(f"<{tag}>")
        for name, value in attributes:
            if name.startswith("on") or name == "style":
                self.found.append(f"{name} of <{tag}>")
            if name in _LOADS and tag not in _LEADS and _leads_away(value or ""):
                self.found.append(f"{name} of <{tag}> leads away: {value}")
            if "javascript:" in (value or "").lower():
                self.found.append(f"script in {name} of <{tag}>")


def faults_of(answer: TestResponse) -> list[str]:
    """What is wrong with an answer."""
    for_all = answer.request.path.startswith(_FOR_ALL) and answer.status_code == 200
    own = {"Cross-Origin-Resource-Policy": "cross-origin"} if for_all else {}
    found = [
        f"{name}: {answer.headers.get(name)}"
        for name, value in _EXPECTED
        if answer.headers.get(name) != own.get(name, value)
    ]
    kept = for_all or answer.request.path.startswith("/static/")
    if answer.headers["Cache-Control"] != "no-store" and not kept:
        found.append("what was seen is kept by the browser")
    if answer.mimetype == "text/html":
        page = _Faults()
        page.feed(answer.text)
        found += page.found
    return found


def _leads_away(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.netloc) or parts.scheme not in ("", "tel")
