"""Whom a section wants told: its people see it, administrators keep it, and a try shows whether it arrives."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot import spreading
from bot.staff_words import Saying
from store import contacts, tellings
from store.contacts import Way
from store.sight import Role
from store.tables import contacts as table
from store.tellings import Problem, Why
from tests.store.people import KUMIN
from tests.web.conftest import Service, Visitor
from tests.web.town import plain

PATH = "/staff/contacts"
TOLD = {"section": KUMIN, "way": "mail", "label": "係の共有メール", "address": "madoguchi@city.example"}
GROUP = "C" + "0123456789abcdef" * 2


@pytest.fixture
def chief(both: Service) -> Visitor:
    return both.signed_in(both.account("chief", Role.ADMIN))


def add(chief: Visitor, **changed: str) -> int:
    before = set(re.findall(rf"{PATH}/(\d+)/try", chief.get(PATH).text))
    made = chief.send(f"{PATH}/new", **(TOLD | changed))
    assert made.status_code in (200, 303)
    (number,) = set(re.findall(rf"{PATH}/(\d+)/try", chief.get(PATH).text)) - before
    return int(number)


def press(chief: Visitor, number: int, act: str, **data: str):
    return chief.send(PATH, f"{PATH}/{number}/{act}", **data)


def order(chief: Visitor) -> list[tuple[str, str]]:
    return re.findall(r'figures">(\d)番目</td>\s*<th scope="row">(.+?)<br>', chief.get(PATH).text)


def test_who_has_none_is_led_to_the_form_of_that_section(chief: Visitor):
    (link,) = re.findall(rf'<li><a href="({PATH}/new\?section={KUMIN})">', chief.get(PATH).text)
    assert re.search(rf'<option selected value="{KUMIN}">', chief.get(link).text)
    add(chief)
    assert link not in chief.get(PATH).text


def test_one_is_added_and_its_address_is_shown_masked(chief: Visitor):
    add(chief, digest="y")
    page = plain(chief.get(PATH).text)
    assert "1番目 係の共有メール m…@city.example メール 1日の始まりに、まとめて まだ試していません" in page
    assert "madoguchi" not in page


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"section": "nowhere"}, "課を、一覧から"),
        ({"way": "pigeon"}, "方法を選んで"),
        ({"label": " "}, "だれの知らせ先かは"),
        ({"label": "あ" * 41}, "だれの知らせ先かは"),
        ({"address": ""}, "メールアドレスを半角で"),
        ({"address": "madoguchi"}, "メールアドレスを半角で"),
        ({"address": "a..b@city.example"}, "メールアドレスを半角で"),
        ({"address": ".a@city.example"}, "メールアドレスを半角で"),
        ({"address": "a@city.example, b@city.example"}, "メールアドレスを半角で"),
        ({"address": "a@city.example\r\nBcc: b@city.example"}, "メールアドレスを半角で"),
        ({"way": "line_group", "address": "C123"}, "グループID"),
        ({"way": "line_group", "address": "U" + "1" * 32}, "グループID"),
        ({"way": "webhook", "address": "ftp://hooks.city.example/"}, "https:// で始まるURL"),
        ({"way": "webhook", "address": "https://2130706433/"}, "https:// で始まるURL"),
        ({"way": "webhook", "address": "https://u:p@hooks.city.example/"}, "https:// で始まるURL"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(both: Service, chief: Visitor, changed, says):
    answer = chief.send(f"{PATH}/new", **(TOLD | changed))
    assert answer.status_code == 422
    assert says in answer.text
    with both.site.database.read() as tx:
        assert tx.connection.scalars(sa.select(table.c.id)).all() == []


def test_the_key_of_a_program_is_shown_once(chief: Visitor, both: Service):
    made = chief.send(
        f"{PATH}/new", **(TOLD | {"way": "webhook", "address": "https://hooks.city.example/in?k=1"})
    )
    with both.site.database.read() as tx:
        (contact,) = contacts.of_section(tx, KUMIN)
    assert contact.secret in made.text
    page = chief.get(PATH).text
    assert contact.secret not in page
    assert "https://hooks.city.example/…" in page
    assert contact.secret not in chief.get(f"{PATH}/{contact.id}").text


def test_one_is_changed_and_keeps_its_address_where_none_is_typed(both: Service, chief: Visitor):
    number = add(chief)
    assert "madoguchi" not in chief.get(f"{PATH}/{number}").text
    assert chief.send(f"{PATH}/{number}", label="課長", address="", office_hours="y").status_code == 303
    with both.site.database.read() as tx:
        (contact,) = contacts.of_section(tx, KUMIN)
    assert (contact.label, contact.address, contact.office_hours) == ("課長", TOLD["address"], True)
    assert chief.send(f"{PATH}/{number}", label="課長", address="wrong").status_code == 422
    assert chief.send(f"{PATH}/{number}", label="課長", address="kacho@city.example").status_code == 303
    assert "k…@city.example" in chief.get(PATH).text


def test_they_are_put_in_order(chief: Visitor):
    _, b, _ = (add(chief, label=name) for name in "abc")
    assert order(chief) == [("1", "a"), ("2", "b"), ("3", "c")]
    press(chief, b, "move", step="up")
    assert order(chief) == [("1", "a"), ("1", "b"), ("2", "c")]
    press(chief, b, "move", step="up")
    assert order(chief) == [("1", "b"), ("2", "a"), ("3", "c")]
    press(chief, b, "move", step="up")
    assert order(chief) == [("1", "b"), ("2", "a"), ("3", "c")]
    for expected in ([("1", "a"), ("1", "b"), ("2", "c")], [("1", "a"), ("2", "b"), ("3", "c")]):
        press(chief, b, "move", step="down")
        assert order(chief) == expected


def test_one_is_removed_after_a_question_and_the_others_close_up(chief: Visitor):
    a, _ = (add(chief, label=name) for name in "ab")
    assert "「a」を知らせ先から外しますか" in chief.get(f"{PATH}/{a}/remove").text
    assert press(chief, a, "remove").status_code == 303
    assert order(chief) == [("1", "b")]


def test_a_section_sees_its_own_and_changes_nothing(both: Service, chief: Visitor):
    add(chief)
    add(chief, section="higashi-kumin", label="ほかの課")
    clerk = both.signed_in(both.account("clerk", Role.STAFF, section=KUMIN))
    page = clerk.get(PATH).text
    assert "係の共有メール" in page
    assert "ほかの課" not in page
    assert "試しに送る" not in page


def test_a_try_shows_what_became_of_it(both: Service, chief: Visitor, city):
    number = add(chief)
    assert press(chief, number, "try").location == f"{PATH}/{number}/tried"
    assert "送る準備をしています" in chief.get(f"{PATH}/{number}/tried").text
    now = both.clock()
    with both.site.database.write() as tx:
        spreading.spread(tx, city.current(tx), Saying.of(city), pytest.fail, now)
        telling = tellings.claim(tx, Way.MAIL, "worker", now)
        assert telling is not None
        again = now + timedelta(minutes=1)
        tellings.later(tx, telling, Problem(Why.SIGN_IN, 535), again, now, unsure=False)
    page = chief.get(f"{PATH}/{number}/tried").text
    assert "送っています 認証が通りません。" in plain(page)
    assert "hx-trigger" in page
    with both.site.database.write() as tx:
        tellings.sent(tx, telling, now)
    page = chief.get(f"{PATH}/{number}/tried").text
    assert "送りました" in plain(page)
    assert "迷惑メール" in page
    assert "サーバーの設定を" not in page
    assert "hx-trigger" not in page
    both.clock.passes(seconds=1)
    press(chief, number, "try")
    assert "送る準備をしています" in chief.get(f"{PATH}/{number}/tried").text


@pytest.mark.parametrize("why", [why.value for why in Why])
def test_each_failure_is_told_with_what_to_do(both: Service, why):
    say = both.site.say
    assert say(f"contacts.problems.{why}").endswith("。")
    assert say(f"contacts.mend.{why}").endswith("。")


def test_sections_without_any_are_named_to_who_keeps_them(chief: Visitor):
    def without() -> str:
        return plain(chief.get(PATH).text).partition("知らせ先のない課")[2]

    assert "中央区役所 区民課" in without()
    assert "知らせはどこにも届きません" in without()
    add(chief)
    assert "中央区役所 区民課" not in without()
    add(chief, section="higomaru-general")
    assert "の知らせ先に届きます" in without()
