"""Addresses of pages that staff give to residents: LINE shows no button for one that it cannot read."""

from urllib.parse import urlsplit


def is_page(text: str, most: int) -> bool:
    """Whether it is the https address of a page on a named server, of so many letters at most."""
    if not text.startswith("https://") or len(text) > most or len(text.split()) > 1:
        return False
    try:
        parts = urlsplit(text)
        named = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # a bracket or a port that is none
        return False
    # Who reads https://www.city.example.jp@elsewhere.example takes it for the city's.
    return named and parts.username is None and text.isprintable()
