"""Help, from the call to "I come", on two screens that keep themselves up to date; what has focus stays."""

import pytest

from store.sight import Role
from tests.browser.conftest import DESK

pytestmark = pytest.mark.browser


def test_help_is_seen_and_comes_without_a_reload(enter):
    lead = enter("/operators/team", Role.ADMIN)
    operator = enter("/operators/help", Role.OPERATOR)
    lead.set_viewport_size(DESK)
    link = lead.get_by_role("link", name="折り返しの電話へ")
    link.focus()
    operator.locator("#help").get_by_role("button", name="応援を呼ぶ").click()
    operator.get_by_text("応援を呼んでいます").wait_for()
    come = lead.get_by_role("button", name="行きます")
    come.wait_for()
    assert lead.get_by_role("alert").inner_text() == "operatorさんさんが応援を呼んでいます。"
    assert link.evaluate("each => each === document.activeElement"), "what has focus stays"
    lead.evaluate("document.getElementById('help-says').firstChild.kept = true")
    lead.evaluate("""new Promise(done => document.addEventListener('htmx:after:swap', done, {once: true}))""")
    assert lead.evaluate("document.getElementById('help-says').firstChild.kept"), "it is not read out again"
    come.click()
    lead.get_by_text("adminさんさんが行きます").wait_for()
    operator.get_by_text("adminさんさんが行きます。").wait_for()
    operator.get_by_role("button", name="済んだ").click()
    operator.locator("#help").get_by_role("button", name="応援を呼ぶ").wait_for()
    lead.get_by_role("heading", name="応援の呼び出し").wait_for(state="detached")
