import pytest
from tests.browser.conftest import *
from tests.browser.test_every_page import look_over
from tests.pictures import jpeg, picture
from tests.web.own_links import Owner
from store.links import Purpose
from store.sight import Role
pytestmark = pytest.mark.browser
W={"width":1280,"height":900}; N={"width":360,"height":740}
def test_look(house, enter, tmp_path, complaints):
    f=tmp_path/"a.jpg"; f.write_bytes(jpeg(picture(1600,1200)))
    for name,size in (("w",W),("n",N)):
        page=enter("/voices/new", size=size)
        page.screenshot(path=f"/tmp/p/form-{name}.png", full_page=True)
        print(look_over(page))
        page.get_by_label("写真").set_input_files(str(f))
        page.get_by_role("button", name="送る").last.click()
        page.screenshot(path=f"/tmp/p/wrong-{name}.png", full_page=True)
        print(look_over(page))
        page.get_by_label("お伝えになりたいこと").fill("江津湖の東側のベンチが壊れています。\n直してください。")
        page.get_by_role("button", name="送る").last.click()
        page.wait_for_url("**/voices/mine/**")
        page.screenshot(path=f"/tmp/p/state-{name}.png", full_page=True)
        print(look_over(page))
        staff=enter("/staff/cases", size=size, role=Role.ADMIN)
        staff.get_by_role("link", name="江津湖").first.click()
        staff.get_by_text("1枚目を見る").click()
        staff.wait_for_timeout(500)
        staff.screenshot(path=f"/tmp/p/case-{name}.png", full_page=True)
        print(look_over(staff))
    page=enter("/voices/new?lang=vi", size=N); page.screenshot(path="/tmp/p/form-vi.png", full_page=True)
    complaints.clear()
