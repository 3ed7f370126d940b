"""Keys of other programs by the administrator's page: shown once, listed, and made worth nothing."""

import html
import re

import pytest

from store.api_tokens import PREFIX
from store.sight import Role
from tests.web.conftest import Service, Visitor
from tests.web.town import plain

PATH = "/admin/api-keys"
TOLD = {"name": "通話ソフト", "a_minute": "60", "expires": "2026-11-30"}


@pytest.fixture
def chief(both: Service) -> Visitor:
    return both.signed_in(both.account("chief", Role.ADMIN))


def asks(service: Service, key: str) -> int:
    headers = {"Authorization": f"Bearer {key}"}
    return service.app.test_client().get("/api/suggest?q=転入", headers=headers).status_code


def make(chief: Visitor, **changed: str) -> str:
    made = chief.send(PATH, **(TOLD | changed))
    assert made.status_code == 200
    return html.unescape(re.search(rf"{PREFIX}[\w-]+", made.text)[0])


def test_a_key_is_shown_once_and_opens_until_it_is_revoked(both: Service, chief: Visitor):
    key = make(chief)
    page = chief.get(PATH).text
    assert key.removeprefix(PREFIX) not in page
    assert "通話ソフト 使えます 60回まで chiefさん、 2026年11月24日（火） まだありません" in plain(page)
    assert asks(both, key) == 200
    assert "2026年11月24日（火） 12時" in plain(chief.get(PATH).text)
    number = re.search(rf"{PATH}/(\d+)/revoke", page)[1]
    assert chief.send(PATH, f"{PATH}/{number}/revoke").status_code == 303
    assert asks(both, key) == 401
    assert "通話ソフト 使えません" in plain(chief.get(PATH).text)


def test_it_is_good_to_the_end_of_its_last_day_in_japan(both: Service, chief: Visitor):
    key = make(chief, expires="2026-11-24")
    both.clock.passes(hours=11, minutes=59)
    assert asks(both, key) == 200
    both.clock.passes(minutes=1)
    assert asks(both, key) == 401
    assert "期限切れ" in both.signed_in(both.account("second", Role.ADMIN)).get(PATH).text


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": " "}, "使うプログラムは"),
        ({"name": "あ" * 61}, "使うプログラムは"),
        ({"a_minute": "0"}, "1分間に尋ねられる回数は"),
        ({"a_minute": "6001"}, "1分間に尋ねられる回数は"),
        ({"a_minute": "たくさん"}, "1分間に尋ねられる回数は"),
        ({"expires": "2026-11-23"}, "使える最後の日は"),
        ({"expires": "2029-01-01"}, "使える最後の日は"),
        ({"expires": ""}, "使える最後の日は"),
    ],
)
def test_what_is_wrong_is_said_and_no_key_is_made(pages: Service, changed, says):
    chief = pages.signed_in(pages.account("chief", Role.ADMIN))
    sent = chief.send(PATH, **(TOLD | changed))
    assert sent.status_code == 422
    assert says in sent.text
    assert "鍵はまだありません。" in chief.get(PATH).text
