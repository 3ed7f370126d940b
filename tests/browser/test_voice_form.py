"""Telling the city something without LINE, with a photograph and without a script, on a narrow screen and at a desk."""

import pytest

from store.sight import Role
from tests.browser.conftest import SMALL
from tests.browser.test_every_page import look_over
from tests.pictures import hidden_in, picture

pytestmark = pytest.mark.browser


def test_from_the_form_to_the_answer(house, enter, complaints, tmp_path):
    file = tmp_path / "bench.jpg"
    file.write_bytes(hidden_in(picture(800, 600)))
    page = enter("/voices/new", size=SMALL, java_script_enabled=False)
    page.get_by_label("写真").set_input_files(str(file))
    page.get_by_role("button", name="送る").last.click()
    assert page.title().startswith("エラー：")
    assert "写真を1枚受け取っています" in page.content()
    page.get_by_label("お伝えになりたいこと").fill("江津湖の東側のベンチが壊れています。")
    page.get_by_role("button", name="送る").last.click()
    page.wait_for_url("**/voices/mine/**")
    own = page.url.partition("?")[0]

    staff = enter("/staff/cases", Role.ADMIN)
    staff.get_by_role("link", name="江津湖の東側のベンチ").first.click()
    staff.get_by_text("1枚目を見る").click()
    seen = staff.get_by_alt_text("市民が送った写真（1枚目）")
    seen.wait_for()
    staff.wait_for_function("() => document.querySelector('.photograph img').naturalWidth === 800")
    assert look_over(staff) == []
    staff.get_by_label("返事", exact=True).fill("来週、直します。")
    staff.get_by_role("button", name="返事を送る").click()
    staff.get_by_text("返事を市のページに").first.wait_for()

    page.goto(own)
    assert "来週、直します。" in page.content()
    complaints.clear()  # the status of the form that came back
