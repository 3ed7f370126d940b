"""Addresses of pages that staff give to residents."""

import pytest

from web.page_addresses import is_page


@pytest.mark.parametrize(
    "text",
    [
        "https://www.city.example.jp",
        "https://www.city.example.jp:8443/kosodate/?page=1#top",
        "https://www.city.example.jp/子育て/",
        "https://maps.example.jp/@32.80,130.70",
    ],
)
def test_a_page(text: str) -> None:
    assert is_page(text, 100)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "http://www.city.example.jp",
        "javascript:alert(1)",
        "https:www.city.example.jp",
        "https://",
        "https:///kosodate",
        "https://?page=1",
        "https://[www",
        "https://www.city.example.jp:port/",
        "https://www.city.example.jp@elsewhere.example/",
        "https://www.city.example.jp/ a",
        "https://www.city.example.jp/\u202egpj.exe",
        "https://www.city.example.jp/" + "a" * 100,
    ],
)
def test_no_page(text: str) -> None:
    assert not is_page(text, 100)
