"""The resident's form at a keyboard on a narrow screen, and the operator's desk: with a script and without."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest

from faq.terms import Residence
from store.bookings import State
from store.sight import Role
from tests.browser.conftest import SMALL
from tests.browser.keys import Keys
from tests.browser.test_every_page import look_over
from tests.web.town import LEGAL

pytestmark = pytest.mark.browser

TERMS = replace(
    LEGAL,
    limit=None,
    asks_opposing_party=True,
    residence=(Residence.LIVES,),
    exclusions=("裁判や調停が始まっていません。",),
)
MONDAY = date(2026, 11, 30)
SEND = "この内容で予約する"
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@pytest.fixture(scope="module")
def town(house):
    return house.town.offer(TERMS)


@pytest.fixture(scope="module")
def half_hours():
    """Of a day, each for one test: nobody is at two places at once."""
    return count(9 * 2)


@pytest.fixture
def slot(town, half_hours):
    """A time of the test's own."""
    hour, half = divmod(next(half_hours), 2)
    return town.slot(hour, half * 30, MONDAY)


@pytest.fixture
def held(town, slot):
    """A place that a resident holds from now on."""
    return town.hold(slot)


@SCRIPTS
def test_the_form_at_a_keyboard(town, enter, complaints, held, scripts):
    keys = Keys(enter(town.link(held), size=SMALL, java_script_enabled=scripts))
    assert keys.heading() == "ご予約の入力"
    keys.type("お名前", "熊本 花子")
    keys.type("お名前のふりがな", "くまもと")
    keys.type("電話番号", "334-1500")
    keys.enter()  # sends the form, and does not ask for more time

    assert keys.page.title().startswith("エラー：")
    assert town.now(held).extended is False
    keys.to("電話番号の数字が足りないか")
    keys.page.keyboard.press("Enter")
    keys.led_to("電話番号")
    keys.page.keyboard.press("Control+A")
    keys.page.keyboard.type("０９０ー００００ー０００１")
    keys.type("相手の方のお名前", "〇〇商事")
    for statement in ("市内に住んでいる", "裁判や調停"):
        keys.to(statement)
        keys.page.keyboard.press("Space")
    keys.press(SEND)

    assert keys.heading() == "ご予約ができました"
    assert town.now(held).state is State.CONFIRMED
    assert "花子" not in keys.page.content()
    complaints.clear()  # the status of the form that came back


@SCRIPTS
def test_more_time_at_a_keyboard(town, enter, held, scripts):
    keys = Keys(enter(town.link(held), size=SMALL, java_script_enabled=scripts))
    keys.press("時間を10分延ばす")
    assert "時間は、すでに10分延ばしました。" in keys.page.inner_text("#until")
    assert keys.page.title().startswith("ご予約の入力")
    assert town.now(held).held_until == held.held_until + timedelta(minutes=10)


def test_the_end_of_the_time_is_told(town, enter, held):
    page = enter(town.link(held), size=SMALL)
    assert page.locator("#soon").inner_text() == ""
    town.service.clock.passes(minutes=9)
    page.reload()
    page.locator("#soon", has_text="まもなく時間になります。").wait_for()
    assert page.locator("#until").evaluate("at => at.classList.contains('warn')")


def test_a_form_with_all_that_can_be_wrong(town, enter, complaints, held):
    """As every page, with its errors."""
    keys = Keys(enter(town.link(held), size=SMALL))
    keys.press(SEND)
    assert look_over(keys.page) == []
    assert keys.page.locator("[aria-invalid=true]").count() >= 3
    complaints.clear()


@SCRIPTS
def test_a_call_at_a_keyboard(town, enter, slot, scripts):
    """From the caller's words to the receipt, without a mouse."""
    when = town.time_of(slot)
    keys = Keys(enter("/operators/bookings", Role.OPERATOR, java_script_enabled=scripts))
    keys.led_to("何を、いつ")
    keys.page.keyboard.type(f"法律相談 月曜の{when}")
    keys.enter()
    keys.press(f"{when} 市役所")
    keys.led_to("お名前")
    keys.page.keyboard.type("熊本 太郎")
    keys.type("お名前のふりがな", "くまもと たろう")
    keys.type("電話番号", "09000000002")
    for statement in ("市内に住んでいる", "裁判や調停"):
        keys.to(statement)
        keys.page.keyboard.press("Space")
    keys.press("予約する")
    assert keys.heading() == "予約できました"
    keys.enter()
    assert keys.heading() == "電話の応対"
