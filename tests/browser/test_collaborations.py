"""A resident proposes something on their telephone, staff move it on, and everybody reads what was agreed upon."""

import pytest

from store.sight import Role
from tests.browser.conftest import TELEPHONE

pytestmark = pytest.mark.browser


def test_from_the_form_to_the_public_page(house, enter):
    form = enter(f"/k/{house.collaboration_link()}", size=TELEPHONE)
    assert form.get_by_label("したいこと").input_value() == "公園の花壇をみんなで育てたい"
    form.get_by_label("提案の名前").fill("花いっぱいの公園")
    form.get_by_label("連絡する方のお名前").fill("熊本 花子")
    form.get_by_label("電話番号").fill("090-0000-0001")
    form.get_by_role("link", name="English").or_(form.get_by_role("button", name="English")).click()
    form.get_by_role("heading", name="Write a proposal").wait_for()
    assert form.get_by_label("Name of the proposal").input_value() == "花いっぱいの公園"
    form.get_by_label("Why it is needed").fill("荒れていて寂しい")
    form.get_by_role("button", name="Send the proposal").last.click()
    form.get_by_text("We have your proposal").wait_for()

    staff = enter("/staff/collaborations", Role.ADMIN)
    staff.get_by_role("link", name="花いっぱいの公園").click()
    staff.get_by_role("button", name="提案した方と連絡先を見る").click()
    staff.get_by_text("熊本 花子").wait_for()
    for stage, said in (("市の助言", "計画と合わせましょう。"), ("協働の決定", "協働します。")):
        staff.locator("#step-stage").select_option(label=stage)
        staff.get_by_label("決めたところ").fill("市長")
        staff.get_by_label("提案した方に伝えること").fill(said)
        staff.get_by_role("button", name="LINEでの見え方を確かめる").click()
        staff.locator("#preview").get_by_text(said).wait_for()
        staff.get_by_role("button", name="この段階へ進める").click()
        staff.get_by_text("次の段階へ進めました").wait_for()
    staff.get_by_role("button", name="を元に戻す").click()
    staff.get_by_text("段階を元に戻しました").wait_for()

    public = enter("/collaborations", size=TELEPHONE)
    public.get_by_role("heading", name="市民と市の協働の取り組み").wait_for()
