"""The calls that come most often, each answered and logged in a few keys after the question.

What they ask is what the call centre counted most in its year 令和3: bookings of 特別相談, two group check-ups,
vouchers for check-ups, vaccination, and the entries that are read most.
"""

from dataclasses import dataclass

import pytest

from store.calls import Outcome
from store.sight import Role
from tests.browser.calls import PRESSED, at_the_line, calls_of, logged, typed

pytestmark = pytest.mark.browser

MOST = 8
"""Keys after the question."""
ENTRY = "entry:"


@dataclass(frozen=True, slots=True)
class Press:
    """A key, and what the operator waits to see before the next."""

    key: str
    sees: str


OPENS = Press("Enter", "#pane .read-out")
OPENS_CONSULTATION = Press("Enter", "#shown[data-key^='programme:'] .read-out")
"""In the place of an answer that is open."""
OFFERS = Press("Enter", "#option-0[aria-selected=true]")
"""Where the search is not sure, its best is chosen and not opened."""
BACK = Press("/", "#q:focus")
SECOND = Press("ArrowDown", "#option-1[aria-selected=true]")
SECTIONS = Press("2", "#target-0[aria-selected=true]")
SECOND_SECTION = Press("ArrowDown", "#target-1[aria-selected=true]")
ANSWERED, HANDED_ON, TAKEN = (Press(key, "#undo button") for key in ("1", "Enter", "4"))


@dataclass(frozen=True, slots=True)
class Heard:
    """A call, and the keys that settle it."""

    question: str
    shown: str
    """What must be open when it is logged."""
    keys: tuple[Press, ...]
    outcome: Outcome
    section: str | None = None


CALLS = (
    Heard(
        "法律相談の予約をしたい",
        "entry:legal-consult",
        (OPENS, TAKEN),
        Outcome.APPLICATION,
        "honcho-kocho",
    ),
    Heard(
        "植木の集団健診の申込み", "programme:group-checkup-ueki", (OFFERS, OPENS, TAKEN), Outcome.APPLICATION
    ),
    Heard(
        "城南の集団健診の申込み", "programme:group-checkup-jonan", (OFFERS, OPENS, TAKEN), Outcome.APPLICATION
    ),
    Heard(
        "高齢者健診の受診券",
        "entry:elderly-checkup",
        (OPENS, SECTIONS, HANDED_ON),
        Outcome.TRANSFERRED,
        "higomaru-kenshin",
    ),
    Heard(
        "歯科口腔健診の受診券",
        "programme:ticket-elderly-dental",
        (OPENS, BACK, SECOND, OPENS_CONSULTATION, TAKEN),
        Outcome.APPLICATION,
    ),
    Heard(
        "ワクチン接種",
        "entry:adult-vaccination",
        (OFFERS, SECOND, OPENS, ANSWERED),
        Outcome.ANSWERED,
    ),
    Heard("家庭ごみの分別", "entry:waste-sorting", (OPENS, ANSWERED), Outcome.ANSWERED, "honcho-haikibutsu"),
    Heard("家電4品目の処分", "entry:appliances", (OPENS, ANSWERED), Outcome.ANSWERED, "honcho-haikibutsu"),
    Heard("出産後の手続き", "entry:after-birth", (OPENS, ANSWERED), Outcome.ANSWERED),
    Heard(
        "マイナンバーカードの受取り",
        "entry:mynumber-receive",
        (OPENS, SECTIONS, SECOND_SECTION, HANDED_ON),
        Outcome.TRANSFERRED,
        "higashi-kumin",
    ),
)


@pytest.mark.parametrize("heard", CALLS, ids=lambda heard: heard.shown.partition(":")[2])
def test_a_call_is_answered_and_logged(house, enter, heard):
    page = at_the_line(enter("/operators", Role.OPERATOR))
    typed(page, heard.question)
    page.locator("#suggestions [role=option]").first.wait_for()
    before = len(calls_of(house))
    page.evaluate(PRESSED)
    shown = ""
    for press in heard.keys:
        page.keyboard.press(press.key)
        page.locator(press.sees).wait_for()
        shown = (
            page.locator("#shown").get_attribute("data-key")
            if press in (OPENS, OPENS_CONSULTATION)
            else shown
        )
    logged(page)
    assert shown == heard.shown
    assert page.evaluate("window.pressed") == len(heard.keys) <= MOST
    call = calls_of(house)[0]
    entry = shown.removeprefix(ENTRY) if shown.startswith(ENTRY) else None
    assert (call.outcome, call.text, call.entry, call.section) == (
        heard.outcome, heard.question, entry, heard.section
    )  # fmt: skip
    assert len(calls_of(house)) == before + 1
