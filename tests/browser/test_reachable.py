"""The pages by keyboard alone: every control can be reached and seen, and nothing holds the focus.

`test_every_page.py` looks at every page in the same way; here the ways of looking are shown to find what is wrong, and
Tab is pressed for real.
"""

import pytest

from store.sight import Role
from tests.browser.keys import FOCUSED, OUTLINE
from tests.browser.reach import unreachable
from tests.browser.test_every_page import FILES, addresses, look_over
from tests.promises.length import FULL

pytestmark = pytest.mark.browser

FIRST_PAGES = ("/operators", "/staff/cases", "/staff/bookings", "/admin/accounts/new", "/voices/new")
"""Where the day begins, and two forms. In the long form: every page."""
MOST = 400
WITHIN_A_DATE = """
() => document.activeElement.matches('input:is([type=date], [type=time], [type=month], [type=datetime-local])')
"""
"""Year, month, day and calendar of such a field are stops of the browser's own, which it marks itself."""
WRONG = {
    "focus unseen": "document.styleSheets[0].insertRule(':focus-visible { outline: none !important }')",
    "out of order": "document.querySelector('main a, main button').tabIndex = 3",
    "out of reach": "document.querySelector('main').insertAdjacentHTML('beforeend', '<span role=button>x</span>')",
    "before the skip link": "document.body.insertAdjacentHTML('afterbegin', '<a href=/home>x</a>')",
    "shown in another order": "document.querySelector('main p').style.order = 2",
    "kana as en": "document.documentElement.lang = 'en'",
    "hangul as ja": "document.querySelector('main p').textContent = '한국어'",
}
"""What is found, and what makes a page bad in that way."""


@pytest.mark.parametrize("what", WRONG)
def test_a_page_that_was_made_bad_is_found(enter, what):
    page = enter("/gallery", Role.STAFF)
    assert unreachable(page) == []
    page.evaluate(f"() => {{ {WRONG[what]} }}")
    assert any(each.startswith(what) for each in unreachable(page))


def test_axe_finds_what_was_made_bad(enter):
    page = enter("/gallery", Role.STAFF)
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<button></button>')")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<p id=wide>x</p>')")
    page.evaluate("document.getElementById('wide').style.width = '1000px'")
    wrong = look_over(page, dark=False)
    assert any(each.startswith("button-name") for each in wrong)
    assert any("too wide at 320 px" in each for each in wrong)


def test_tab_goes_through_every_page_and_out_again(house, enter):
    page = enter("/gallery", Role.ADMIN)
    every = [address for address in addresses(house, Role.ADMIN) if not FILES.search(address)]
    for address in every if FULL else FIRST_PAGES:
        page.goto(house.address + address)
        page.evaluate("document.activeElement.blur()")
        stops = 0
        while True:
            page.keyboard.press("Tab")
            if page.evaluate(FOCUSED) == "" and stops:
                break
            seen = page.evaluate(OUTLINE) or page.evaluate(WITHIN_A_DATE)
            assert seen, f"unseen on {address}: {page.evaluate(FOCUSED)}"
            stops += 1
            assert stops < MOST, f"the end of {address} is out of reach"


def test_what_comes_by_a_search_can_be_reached_and_stands_the_test(enter):
    """After htmx has put in what was found, and after it found nothing."""
    page = enter("/admin/accounts", Role.ADMIN)
    for typed, count in (("oper", "1件"), ("nobody at all", "0件")):
        page.get_by_label("名前かログイン名").fill(typed)
        page.get_by_role("status").get_by_text(count, exact=True).wait_for()
        assert page.evaluate("document.activeElement.name") == "text", "the focus stays"
        assert look_over(page, dark=False) == []
